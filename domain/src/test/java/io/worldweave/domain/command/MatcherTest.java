package io.worldweave.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {
    private static final List<Thing> THINGS =
            List.of(
                    thing("bottle_1", "peaceful dream bottle", "dream_bottle"),
                    thing("bottle_2", "adventurous dream bottle", "dream_bottle"),
                    thing("bottle_9", "dream bottle", "dream_bottle"),
                    thing("lens_1", "scrying lens", "tool"),
                    thing("cat_1", "cat", "scenery"),
                    thing("cat_2", "cat", "scenery"));

    @ParameterizedTest
    @CsvSource({
        "peaceful dream bottle,bottle_1",
        "the PEACEFUL bottle,bottle_1",
        "bottle peaceful,bottle_1",
        "peaceful,bottle_1",
        "adventurous,bottle_2",
        "dream bottle,bottle_9",
        "dream bottles,bottle_9",
        "bottle_2,bottle_2",
        "bottle 2,bottle_2",
        "lens,lens_1",
        "tool,lens_1",
        "cat,cat_1",
        "cat_2,cat_2",
        "peaceful bottle on the middle shelf,bottle_1"
    })
    void findsTheOneThatIsMeant(String said, String id) {
        assertThat(find(said)).isEqualTo(new Match.One<>(id));
    }

    @Test
    void severalThatFitEquallyWellAreAChoice() {
        assertThat(find("bottle"))
                .isEqualTo(new Match.Many<>(List.of("bottle_1", "bottle_2", "bottle_9")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shiny bottle",
                "bottl",
                ".*",
                "(",
                "\\Q",
                "[a-z",
                "bottle_3",
                "on",
                "🧚"
            })
    void findsNothingThatIsNotMeant(String said) {
        assertThat(find(said)).isEqualTo(new Match.None<>());
    }

    @Test
    void anIdFitsWhollyOrNotAtAll() {
        assertThat(new Argument.ById("instance_id", "peaceful dream bottle").among(THINGS))
                .isEqualTo(new Match.None<>());
        assertThat(new Argument.ById("instance_id", "lens_1").among(THINGS))
                .isEqualTo(new Match.One<>(THINGS.get(3)));
    }

    private static Match<String> find(String said) {
        return switch (new Argument.Said(Words.of(said), said).among(THINGS)) {
            case Match.None<Thing> _ -> new Match.None<>();
            case Match.One<Thing>(Thing thing) -> new Match.One<>(thing.id());
            case Match.Many<Thing>(List<Thing> things) ->
                    new Match.Many<>(things.stream().map(Thing::id).toList());
        };
    }

    private static Thing thing(String id, String name, String type) {
        JsonObject content =
                JsonObject.of(Json.INSTANCE_ID, Json.of(id), "semantic_name", Json.of(name))
                        .with("type", Json.of(type));
        return new Thing(Thing.Kind.ITEM, content, Part.SHARED, Pointer.of("items"));
    }
}
