package io.worldweave.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import org.junit.jupiter.api.Test;

class CommandSchemasTest {
    @Test
    void playersSeeTheirCommandsByActionName() {
        JsonObject schemas = CommandSchemas.of(Glade.experience(), Play.ALICE);

        assertThat(schemas.names())
                .contains("collect_item", "go", "talk")
                .doesNotContain("take", "spawn", "@spawn");
    }

    @Test
    void adminsSeeTheirsToo() {
        assertThat(CommandSchemas.of(Glade.experience(), Play.ADMIN).names())
                .contains("collect_item", "@spawn");
    }

    @Test
    void anArgumentMayBeGivenByAnyOfItsNames() {
        JsonObject schema =
                CommandSchemas.of(Glade.experience(), Play.ALICE).object("collect_item");

        assertThat(Pointer.parse("/properties/action/const").in(schema))
                .isEqualTo(Json.of("collect_item"));
        assertThat(schema.object("properties").names()).contains("instance_id", "item_id", "item");
        assertThat(Pointer.parse("/allOf/0/anyOf/1/required/0").in(schema))
                .isEqualTo(Json.of("item_id"));
    }

    @Test
    void whatHasOneNameIsSimplyRequired() {
        JsonObject schema = CommandSchemas.of(Glade.experience(), Play.ALICE).object("go");

        assertThat(Pointer.parse("/required/1").in(schema)).isEqualTo(Json.of("destination"));
        assertThat(schema.has("allOf")).isFalse();
    }
}
