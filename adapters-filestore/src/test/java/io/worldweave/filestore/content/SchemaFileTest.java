package io.worldweave.filestore.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.worldweave.domain.content.WorldSchema.Breach;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFileTest {
    private static final String SCHEMA =
            """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "properties": {
               "weather": {"enum": ["clear", "rain", null]},
               "moons": {"type": "array", "items": {"$ref": "#/$defs/moon"}, "maxItems": 2},
               "a/b": {"type": "integer"}},
             "required": ["weather"],
             "additionalProperties": false,
             "$defs": {"moon": {"required": ["instance_id"],
                                "properties": {"size": {"type": "number", "minimum": 0.5}}}}}
            """;

    @Test
    void whatItAllowsHasNoBreach() {
        assertThat(breaches("{\"weather\":\"rain\",\"a/b\":3.0}")).isEmpty();
        assertThat(breaches("{\"weather\":null,\"moons\":[]}")).isEmpty();
        assertThat(
                        breaches(
                                "{\"weather\":\"clear\",\"moons\":[{\"instance_id\":\"m\",\"size\":1}]}"))
                .isEmpty();
    }

    @Test
    void whatItForbidsSaysWhereAndWhy() {
        assertThat(breaches("{\"weather\":\"snow\"}"))
                .singleElement()
                .satisfies(breach -> {
                    assertThat(breach.place()).hasToString("/weather");
                    assertThat(breach.reason()).isNotBlank();
                });
        assertThat(
                        breaches(
                                "{\"weather\":null,\"moons\":[{\"instance_id\":\"a\"},{\"instance_id\":\"b\",\"size\":0.1}]}"))
                .extracting(breach -> breach.place().toString())
                .contains("/moons/1/size");
        assertThat(breaches("{\"weather\":null,\"a/b\":0.5}"))
                .extracting(breach -> breach.place().toString())
                .contains("/a~1b");
        assertThat(breaches("{}")).isNotEmpty();
        assertThat(breaches("{\"weather\":null,\"sun\":1}")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"planet\"}",
                "{\"$schema\": \"https://example.com/draft\"}",
                "{\"properties\": 7}"
            })
    void whatIsNoSchemaIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SchemaFile.of(json(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#/$defs/nowhere", "https://example.com/schema.json"})
    void aReferenceThatLeadsNowhereAllowsNothing(String reference) {
        Json schema = JsonObject.of("$ref", Json.of(reference));
        assertThat(SchemaFile.of(schema).breaches(JsonObject.EMPTY)).isNotEmpty();
    }

    private static List<Breach> breaches(String world) {
        return SchemaFile.of(json(SCHEMA)).breaches((JsonObject) json(world));
    }

    private static Json json(String text) {
        return JsonReader.strict().read(text.getBytes(StandardCharsets.UTF_8));
    }
}
