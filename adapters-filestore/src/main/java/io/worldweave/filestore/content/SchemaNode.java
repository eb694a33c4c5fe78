package io.worldweave.filestore.content;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value as the library of JSON Schema looks at it: nothing is copied. */
record SchemaNode(Json value, String pointer) implements JsonNode {
    private static final JsonReader READER = JsonReader.withLimits(ReadLimits.FILE);

    /** Makes such nodes, of values and of texts. */
    static final JsonNodeFactory FACTORY =
            new JsonNodeFactory() {
                @Override
                public JsonNode wrap(Object value) {
                    return value instanceof JsonNode node ? node : of((Json) value);
                }

                @Override
                public JsonNode create(String text) {
                    return of(READER.read(text.getBytes(StandardCharsets.UTF_8)));
                }
            };

    static SchemaNode of(Json document) {
        return new SchemaNode(document, "");
    }

    @Override
    public String getJsonPointer() {
        return pointer;
    }

    @Override
    public SimpleType getNodeType() {
        return switch (value) {
            case JsonObject _ -> SimpleType.OBJECT;
            case JsonArray _, JsonCollection _ -> SimpleType.ARRAY;
            case JsonString _ -> SimpleType.STRING;
            case JsonNumber(BigDecimal number) ->
                    number.scale() <= 0 ? SimpleType.INTEGER : SimpleType.NUMBER;
            case JsonBoolean _ -> SimpleType.BOOLEAN;
            case JsonNull _ -> SimpleType.NULL;
        };
    }

    @Override
    public boolean asBoolean() {
        return ((JsonBoolean) value).value();
    }

    @Override
    public String asString() {
        return value instanceof JsonString(String text) ? text : value.toString();
    }

    @Override
    public BigInteger asInteger() {
        return asNumber().toBigIntegerExact();
    }

    @Override
    public BigDecimal asNumber() {
        return ((JsonNumber) value).value();
    }

    @Override
    public List<JsonNode> asArray() {
        List<? extends Json> elements = PlainJson.elements(value);
        List<JsonNode> nodes = new ArrayList<>();
        if (elements != null) {
            elements.forEach(element -> nodes.add(inner(element, Integer.toString(nodes.size()))));
        }
        return nodes;
    }

    @Override
    public Map<String, JsonNode> asObject() {
        JsonObject object = (JsonObject) value;
        Map<String, JsonNode> nodes = LinkedHashMap.newLinkedHashMap(object.size());
        object.forEach(
                (name, member) -> nodes.put(name, inner(member, JsonNode.encodeJsonPointer(name))));
        return nodes;
    }

    private SchemaNode inner(Json inner, String token) {
        return new SchemaNode(inner, pointer + "/" + token);
    }
}
