package io.worldweave.domain.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Play;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates that are merged into a world, and those that would leave it unfit for commands. */
class PublishersTest {
    private static final UserId GAME_SERVER = new UserId("game-server");
    private static final String SHELF = "/locations/shop/areas/shelf/spots/spot_1";
    private static final String COUNTER = "/locations/shop/areas/counter/spots/spot_1";

    private final Experience glade = Glade.experience();
    private final Worlds worlds =
            new Worlds(
                    new MemoryWorldStore(),
                    new LocalBus().join(),
                    new VirtualScheduler(),
                    LiveLimits.DEFAULT);
    private final Players players = new Players(worlds, new Commands());
    private final Publishers publishers = new Publishers(worlds);
    private final LiveWorld world = players.enter(glade, Play.ALICE.user());

    private Published publish(JsonObject update) {
        return publishers.publish(
                new Writing(glade, world, GAME_SERVER, _ -> true), new Update.Merged(update));
    }

    /** Returns the update that has the value at that place, and nothing else. */
    private static JsonObject at(String place, Json value) {
        Json nested = value;
        for (String name : Pointer.parse(place).tokens().reversed()) {
            nested = JsonObject.of(name, nested);
        }
        return (JsonObject) nested;
    }

    private static JsonObject append(JsonObject item) {
        return JsonObject.of("$append", item);
    }

    private static JsonObject item(String id, String template) {
        return JsonObject.of("instance_id", Json.of(id), "template_id", Json.of(template));
    }

    private static JsonObject thing(String id) {
        return JsonObject.of("instance_id", Json.of(id));
    }

    private void assertRefused(JsonObject update, String pointer) {
        Position position = world.head().position();
        assertThat(publish(update))
                .isInstanceOfSatisfying(
                        Published.Refused.class,
                        refused -> assertThat(refused.rejection().pointer()).hasToString(pointer));
        assertThat(world.head().position()).isEqualTo(position);
    }

    private void assertDone(JsonObject update) {
        assertThat(publish(update)).isInstanceOf(Published.Done.class);
    }

    @Test
    void aNewItemGetsWhatItsTemplateGives() {
        assertDone(at(SHELF + "/items", append(item("bottle_9", "dream_bottle"))));

        assertThat(
                        Pointer.parse(SHELF + "/items/bottle_9/state/glowing")
                                .in(world.head().shared().content()))
                .isEqualTo(Json.of(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/locations",
                "/locations/shop",
                "/locations/shop/areas",
                "/locations/shop/areas/shelf",
                "/locations/shop/areas/shelf/spots",
                "/locations/shop/areas/shelf/spots/spot_1",
                "/locations/cellar",
                "/locations/cellar/areas",
                "/locations/cellar/areas/items",
                "/locations/cellar/areas/stairs/spots/spot_1",
            })
    void aPlaceStaysAnObject(String place) {
        for (Json value : List.of(Json.of("gone"), JsonNull.NULL, JsonArray.EMPTY)) {
            assertRefused(at(place, value), place);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SHELF + "/items",
                SHELF + "/npcs",
                COUNTER + "/npcs",
                COUNTER + "/npcs/woander_1/inventory",
                "/locations/shop/areas/void/spots/new/items",
                "/locations/shop/items",
                "/sky/npcs",
            })
    void whatHoldsThingsStaysAnArrayOfThingsWithIds(String list) {
        Json twins = new JsonArray(List.of(thing("twin"), thing("twin")));
        Json nameless = Json.array(List.of(JsonObject.of("name", Json.of("nobody"))));
        for (Json value : List.of(Json.of(3), JsonNull.NULL, nameless, twins)) {
            assertRefused(at(list, value), list);
        }
    }

    @Test
    void whatIsInsideAThingIsItsOwn() {
        assertDone(at(SHELF + "/items/lens_1/state", JsonObject.of("items", Json.of(3))));
        assertDone(at("/time_of_day", Json.of("dawn")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "bottle 9", "flasche_ä", "a.b"})
    void aNewThingHasAnIdThatFitsEverywhere(String id) {
        assertRefused(
                at(SHELF + "/items", append(thing(id))),
                Pointer.parse(SHELF + "/items").child(id).toString());
    }

    @Test
    void anIdHas64CharactersAtMost() {
        String longest = "x".repeat(64);
        assertDone(at(SHELF + "/items", append(thing(longest))));
        assertRefused(
                at(SHELF + "/items", append(thing(longest + "x"))),
                SHELF + "/items/" + longest + "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bottle_1", "woander_1", "bottle_2", "coin_1"})
    void aNewThingIsNowhereElseInTheWorld(String taken) {
        players.act(glade, Play.ALICE, new Request.Spoken("take the adventurous dream bottle"));
        assertThat(Pointer.parse(SHELF + "/items/bottle_2").in(world.head().shared().content()))
                .isNull();
        assertDone(at(COUNTER + "/npcs/woander_1/inventory", append(thing("coin_1"))));

        assertRefused(at(COUNTER + "/items", append(thing(taken))), COUNTER + "/items/" + taken);
    }

    @Test
    void twoNewThingsOfOneUpdateHaveIdsOfTheirOwn() {
        JsonObject spots =
                JsonObject.of(
                        "a", JsonObject.of("items", Json.array(List.of(thing("twin")))),
                        "b", JsonObject.of("npcs", Json.array(List.of(thing("twin")))));
        assertRefused(
                at("/locations/attic/areas/trunk/spots", spots),
                "/locations/attic/areas/trunk/spots/b/npcs/twin");
    }

    @Test
    void aThingCanMoveToAnotherPlaceInOneUpdate() {
        JsonObject areas =
                JsonObject.of(
                        "shelf", at("/spots/spot_1/items/$remove", thing("lens_1")),
                        "counter", at("/spots/spot_1/items/$append", item("lens_1", "lens")));
        assertDone(at("/locations/shop/areas", areas));
    }

    @Test
    void aNewThingIsOfAnInstalledTemplateOrOfNone() {
        assertRefused(
                at(SHELF + "/items", append(item("x", "unicorn"))), SHELF + "/items/x/template_id");
        assertRefused(
                at(SHELF + "/items", append(item("x", "woander"))), SHELF + "/items/x/template_id");
        assertRefused(
                at(SHELF + "/npcs", append(item("x", "lens"))), SHELF + "/npcs/x/template_id");
        assertRefused(
                at(SHELF + "/items", append(thing("x").with("template_id", Json.of(5)))),
                SHELF + "/items/x/template_id");
        assertDone(at(SHELF + "/npcs", append(item("woander_2", "woander"))));
        assertDone(at(SHELF + "/items", append(thing("x"))));
    }

    @Test
    void whatIsNewInAWholePlaceIsLookedAtToo() {
        JsonObject spot = at("/items", Json.array(List.of(item("x", "unicorn"))));
        assertRefused(
                at("/locations/attic/areas/trunk/spots/spot_1", spot),
                "/locations/attic/areas/trunk/spots/spot_1/items/x/template_id");
    }
}
