package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.app.Watcher.Telling;
import io.worldweave.app.Watcher.Transport;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a client may rely on, whichever transport it uses: the numbered rules of {@code
 * docs/conformance.md}, against a real server, from outside.
 */
@Timeout(90)
@ResourceLock(RunningServer.SHARED)
class ConformanceIT {
    private static final String ALICE = "demo-alice";
    private static final String BOB = "demo-bob";
    private static final String COLLECT =
            "{\"type\":\"action\",\"action\":\"collect_item\",\"instance_id\":\"dream_bottle_1\"}";
    private static final String DROP =
            "{\"type\":\"action\",\"action\":\"drop_item\",\"instance_id\":\"dream_bottle_1\"}";
    private static final String SHOP = "woander_store";
    private static final String CLEARING = "waypoint_28a";
    private static RunningServer server;

    /** How a player comes to another zone. */
    enum Way {
        NAME,
        COORDINATES;

        void lead(Watcher player, String zone) throws Exception {
            if (this == NAME) {
                assertThat(player.act(go(zone)).flag("success", false)).isTrue();
            } else if (zone.equals(SHOP)) {
                player.locate(37.9, -122.5);
            } else {
                player.locate(37.9021, -122.5022);
            }
        }
    }

    @BeforeAll
    static void begin() throws Exception {
        server = RunningServer.sharedAnew();
    }

    @BeforeEach
    void theBottleIsOnItsShelf() throws Exception {
        for (String key : List.of(ALICE, BOB)) {
            command(key, DROP);
        }
    }

    private static Watcher watch(Transport transport, String key, String more) {
        return Watcher.open(transport, server, key, "world", more);
    }

    private static void update(String json) throws Exception {
        var answer =
                Client.of(server, "demo-admin").post("/experiences/wylding-woods/updates", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static long base(JsonObject update) {
        return SessionReplica.number(update, "base_version");
    }

    private static long version(JsonObject message) {
        return SessionReplica.number(message, "snapshot_version");
    }

    private static List<String> types(List<JsonObject> events) {
        return events.stream().map(event -> event.text("type", "")).toList();
    }

    private static String text(List<JsonObject> events) {
        return events.stream()
                .map(event -> event.text("content", ""))
                .collect(Collectors.joining());
    }

    private static String reason(List<JsonObject> events) {
        return events.getLast().text("finish_reason", "");
    }

    @Rule(1)
    @ParameterizedTest
    @EnumSource
    void theViewComesFirstAsASnapshot(Transport transport) {
        try (Watcher world = watch(transport, BOB, "");
                Watcher zone = Watcher.open(transport, server, BOB, "zone", "")) {
            JsonObject snapshot = world.nextOfWorld();
            assertThat(snapshot.text("type")).isEqualTo("snapshot");
            assertThat(snapshot.object("world").has("locations")).isTrue();
            assertThat(snapshot.object("player").has("inventory")).isTrue();
            assertThat(version(snapshot)).isNotNegative();
            JsonObject area = zone.nextOfWorld();
            assertThat(area.text("type")).isEqualTo("area_of_interest");
            assertThat(area.object("zone").text("id")).isEqualTo("woander_store");
            assertThat(area.object("areas").has("display_shelf")).isTrue();
        }
    }

    @Rule(2)
    @ParameterizedTest
    @EnumSource
    void versionsFormAnUnbrokenChain(Transport transport) throws Exception {
        try (Watcher bob = watch(transport, BOB, "")) {
            long version = version(bob.nextOfWorld());
            for (int i = 0; i < 20; i++) {
                update("{\"weather\":\"" + i + "\"}");
                JsonObject update = bob.nextOfWorld();
                assertThat(base(update)).isEqualTo(version);
                version = version(update);
                assertThat(version).isGreaterThan(base(update));
            }
        }
    }

    @Rule(3)
    @ParameterizedTest
    @EnumSource
    void whatWasToldIsWhatIs(Transport transport) throws Exception {
        SessionReplica replica = new SessionReplica();
        try (Watcher bob = watch(transport, BOB, "")) {
            replica.take(bob.nextOfWorld());
            for (String action : List.of(COLLECT, DROP, COLLECT, DROP)) {
                assertThat(bob.act(action).flag("success", false)).isTrue();
                replica.take(bob.nextOfWorld());
            }
            Client client = Client.of(server, BOB);
            assertThat(replica.player())
                    .isEqualTo(Answers.json(client.get("/experiences/wylding-woods/player")));
            JsonObject state = Answers.json(client.get("/experiences/wylding-woods/state"));
            assertThat(((JsonObject) replica.world()).get("locations"))
                    .isEqualTo(state.get("locations"));
        }
    }

    @Rule(4)
    @ParameterizedTest
    @EnumSource
    void aPlayersOwnPartIsItsOwnAlone(Transport transport) throws Exception {
        try (Watcher alice = watch(transport, ALICE, "");
                Watcher bob = watch(transport, BOB, "")) {
            alice.nextOfWorld();
            bob.nextOfWorld();
            alice.act(COLLECT);
            assertThat(alice.nextOfWorld().toString()).contains("player.inventory");
            assertThat(bob.nextOfWorld().toString())
                    .contains("dream_bottle_1")
                    .doesNotContain("player.inventory");
        }
    }

    @Rule(5)
    @ParameterizedTest
    @EnumSource
    void whoComesBackIsGivenWhatWasMissedOnceAndInOrder(Transport transport) throws Exception {
        String cursor;
        long version;
        try (Watcher bob = watch(transport, BOB, "")) {
            version = version(bob.nextOfWorld());
            cursor = bob.cursor;
        }
        for (int i = 0; i < 5; i++) {
            update("{\"missed\":" + (i + 100) + "}");
        }
        try (Watcher bob = watch(transport, BOB, "&cursor=" + cursor)) {
            for (int i = 0; i < 5; i++) {
                JsonObject update = bob.nextOfWorld();
                assertThat(update.text("type")).isEqualTo("world_update");
                assertThat(update.toString()).contains("\"value\":" + (i + 100));
                assertThat(base(update)).isEqualTo(version);
                version = version(update);
            }
        }
        update("{\"missed\":null}");
    }

    @Rule(6)
    @ParameterizedTest
    @EnumSource
    void aCursorThatLeadsNowhereBeginsAnew(Transport transport) {
        String alices;
        try (Watcher alice = watch(transport, ALICE, "")) {
            alice.nextOfWorld();
            alices = alice.cursor;
        }
        for (String cursor : List.of(alices, "nonsense", alices.substring(1), "")) {
            try (Watcher bob = watch(transport, BOB, "&cursor=" + cursor)) {
                assertThat(bob.nextOfWorld().text("type")).isEqualTo("snapshot");
            }
        }
    }

    @Rule(7)
    @ParameterizedTest
    @CsvSource({"SSE, WEBSOCKET", "WEBSOCKET, SSE"})
    void aCursorOfOneTransportLeadsOnInTheOther(Transport first, Transport second)
            throws Exception {
        for (String view : List.of("world", "zone")) {
            String cursor;
            long version;
            try (Watcher bob = Watcher.open(first, server, BOB, view, "")) {
                version = version(bob.nextOfWorld());
                cursor = bob.cursor;
            }
            command(ALICE, COLLECT);
            try (Watcher bob = Watcher.open(second, server, BOB, view, "&cursor=" + cursor)) {
                JsonObject update = bob.nextOfWorld();
                assertThat(update.text("type")).isEqualTo("world_update");
                assertThat(base(update)).isEqualTo(version);
                assertThat(update.toString()).contains("dream_bottle_1");
            }
            command(ALICE, DROP);
        }
    }

    @Rule(8)
    @ParameterizedTest
    @EnumSource
    void aTurnBeginsWithMetadataAndEndsWithDoneOnce(Transport transport) {
        try (Watcher alice = watch(transport, ALICE, "")) {
            alice.nextOfWorld();
            List<JsonObject> events = alice.say("look around", null).rest();

            assertThat(types(events)).startsWith("metadata").endsWith("done");
            assertThat(types(events)).containsOnlyOnce("metadata", "done");
            assertThat(events.getFirst().text("conversation_id")).isNotBlank();
            assertThat(reason(events)).isEqualTo("stop");
            assertThat(text(events)).isNotBlank();
        }
    }

    @Rule(9)
    @ParameterizedTest
    @EnumSource
    void theWorldGoesBeforeTheWordsThatTellOfIt(Transport transport) {
        try (Watcher alice = watch(transport, ALICE, "")) {
            JsonObject snapshot = alice.nextOfWorld();
            List<JsonObject> events = alice.say("take the peaceful dream bottle", null).rest();

            List<String> types = types(events);
            assertThat(types).contains("world_update", "tool_use", "content");
            assertThat(types.indexOf("world_update")).isLessThan(types.indexOf("content"));
            assertThat(version(events.getFirst())).isGreaterThanOrEqualTo(version(snapshot));
            assertThat(base(events.get(types.indexOf("world_update"))))
                    .isEqualTo(version(events.getFirst()));
        }
    }

    @Rule(10)
    @ParameterizedTest
    @CsvSource({"SSE, SSE", "SSE, WEBSOCKET", "WEBSOCKET, SSE", "WEBSOCKET, WEBSOCKET"})
    void aTurnIsTakenUpWithoutLossOrRepetition(Transport first, Transport second) {
        try (Watcher begun = watch(first, ALICE, "");
                Watcher resumed = watch(second, ALICE, "")) {
            begun.nextOfWorld();
            Telling turn = begun.say("look around", null);
            List<JsonObject> before = turn.upTo(event -> event.has("content"));
            String conversation = before.getFirst().text("conversation_id", "");
            String cursor = turn.cursor();
            turn.close();

            List<JsonObject> after;
            try (Telling again = resumed.goOn(conversation, cursor)) {
                after = again.rest();
            }
            List<JsonObject> whole;
            try (Telling all = watch(Transport.SSE, ALICE, "").goOn(conversation, "")) {
                whole = all.rest();
            }
            assertThat(types(after)).doesNotContain("metadata").endsWith("done");
            assertThat(text(before) + text(after)).isEqualTo(text(whole));
        }
    }

    @Rule(11)
    @ParameterizedTest
    @EnumSource
    void aStopEndsTheTurnForAllWhoWatchIt(Transport transport) throws Exception {
        try (Watcher alice = watch(transport, ALICE, "");
                Watcher other = watch(Transport.SSE, ALICE, "")) {
            alice.nextOfWorld();
            Telling turn = alice.say("look around", null);
            String conversation = turn.next().text("conversation_id", "");
            try (Telling second = other.goOn(conversation, "")) {
                second.next();
                var answer = Client.of(server, ALICE).post("/chat/" + conversation + "/stop", "");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(reason(turn.rest())).isEqualTo("cancelled");
                assertThat(reason(second.rest())).isEqualTo("cancelled");
            }
        }
    }

    @Rule(12)
    @ParameterizedTest
    @EnumSource
    void aConversationRunsOneTurnAtATime(Transport transport) throws Exception {
        try (Watcher alice = watch(transport, ALICE, "")) {
            alice.nextOfWorld();
            Telling turn = alice.say("look around", null);
            String conversation = turn.next().text("conversation_id", "");
            assertThat(alice.refusalOf("chat", conversation)).isEqualTo("turn_in_progress");
            assertThat(reason(turn.rest())).isEqualTo("stop");
        }
    }

    @Rule(13)
    @ParameterizedTest
    @EnumSource
    void aConversationIsItsOwnersAlone(Transport transport) throws Exception {
        try (Watcher alice = watch(transport, ALICE, "");
                Watcher bob = watch(transport, BOB, "")) {
            alice.nextOfWorld();
            bob.nextOfWorld();
            Telling turn = alice.say("look around", null);
            String conversation = turn.next().text("conversation_id", "");
            assertThat(bob.refusalOf("chat", conversation)).isEqualTo("forbidden");
            assertThat(bob.refusalOf("stop", conversation)).isEqualTo("forbidden");
            assertThat(bob.refusalOf("stop", "never-was")).isEqualTo("unknown_conversation");
            assertThat(reason(turn.rest())).isEqualTo("stop");
        }
    }

    @Rule(14)
    @ParameterizedTest
    @EnumSource
    void whatFailsChangesNothingAndIsAnswered(Transport transport) throws Exception {
        try (Watcher alice = watch(transport, ALICE, "")) {
            long version = version(alice.nextOfWorld());
            JsonObject response =
                    alice.act(
                            "{\"type\":\"action\",\"action\":\"collect_item\",\"instance_id\":\"nothing\"}");
            assertThat(response.text("type")).isEqualTo("action_response");
            assertThat(response.flag("success", true)).isFalse();
            assertThat(response.text("message")).isNotBlank();
            assertThat(response.object("metadata").text("code")).isNotBlank();
            update("{\"weather\":\"after " + transport + "\"}");
            assertThat(base(alice.nextOfWorld())).isEqualTo(version);
        }
    }

    @Rule(15)
    @ParameterizedTest
    @EnumSource
    void whoActsIsKnownFromTheCredentialsAlone(Transport transport) throws Exception {
        try (Watcher alice = watch(transport, ALICE, "")) {
            alice.nextOfWorld();
            alice.act(COLLECT.replace("}", ",\"user_id\":\"bob\",\"unheard_of\":[1]}"));

            assertThat(alice.nextOfWorld().text("user_id")).isEqualTo("alice");
        }
    }

    @Rule(16)
    @ParameterizedTest
    @EnumSource
    void anOlderClientIsToldInItsVersion(Transport transport) throws Exception {
        try (Watcher bob = watch(transport, BOB, "&version=0.3")) {
            bob.nextOfWorld();
            update("{\"older\":\"" + transport + "\"}");
            JsonObject update = bob.nextOfWorld();

            assertThat(update.text("version")).isEqualTo("0.3");
            assertThat(update.has("base_version")).isFalse();
            assertThat(update.object("changes").has("world.older")).isTrue();
        }
    }

    @Rule(17)
    @ParameterizedTest
    @EnumSource
    void aLostConnectionEndsNoTurn(Transport transport) {
        try (Watcher alice = watch(transport, ALICE, "")) {
            alice.nextOfWorld();
            Telling turn = alice.say("look around", null);
            String conversation = turn.next().text("conversation_id", "");
            turn.close();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        try (Telling again =
                                Watcher.open(Transport.SSE, server, ALICE, "world", "")
                                        .goOn(conversation, "")) {
                            assertThat(reason(again.rest())).isEqualTo("stop");
                        }
                    });
        }
    }

    @Rule(18)
    @ParameterizedTest
    @EnumSource
    void anItemIsGivenInOneStepAndEachIsToldOfItsOwn(Transport transport) throws Exception {
        try (Watcher alice = watch(transport, ALICE, "");
                Watcher bob = watch(transport, BOB, "")) {
            alice.nextOfWorld();
            bob.nextOfWorld();
            alice.act(go("display_shelf"));
            bob.act(go("display_shelf"));
            assertThat(alice.act(COLLECT).flag("success", false)).isTrue();
            lastOf(alice, "\"add\"", "player.inventory");
            JsonObject given =
                    alice.act(
                            "{\"type\":\"action\",\"action\":\"give_item\",\"instance_id\":\"dream_bottle_1\",\"target_user_id\":\"bob\"}");
            assertThat(given.flag("success", false)).as(given.toString()).isTrue();
            JsonObject gone = lastOf(alice, "\"remove\"", "player.inventory");
            JsonObject got = lastOf(bob, "\"add\"", "player.inventory");

            assertThat(version(got)).as("one revision").isEqualTo(version(gone));
        }
    }

    @Rule(19)
    @ParameterizedTest
    @CsvSource({"SSE, NAME", "SSE, COORDINATES", "WEBSOCKET, NAME", "WEBSOCKET, COORDINATES"})
    void anotherZoneTakesThePlaceOfTheOldOneWithinTheChain(Transport transport, Way way)
            throws Exception {
        String live = transport + " " + way + " live";
        String missed = transport + " " + way + " missed";
        SessionReplica replica = new SessionReplica();
        String cursor;
        try (Watcher bob = Watcher.open(transport, server, BOB, "zone", "")) {
            JsonObject shop = bob.nextOfWorld();
            assertThat(zone(shop)).isEqualTo(SHOP);
            way.lead(bob, CLEARING);
            JsonObject clearing = bob.nextOfWorld();
            cursor = bob.cursor;
            assertThat(clearing.text("type")).isEqualTo("area_of_interest");
            assertThat(zone(clearing)).isEqualTo(CLEARING);
            assertThat(clearing.object("areas").has("ring_of_moss")).isTrue();
            assertThat(clearing.object("areas").has("display_shelf")).isFalse();
            assertThat(clearing.object("player").text("current_location")).isEqualTo(CLEARING);
            assertThat(version(clearing)).isGreaterThan(version(shop));
            replica.take(clearing);
            weather(live);
            JsonObject update = bob.nextOfWorld();
            assertThat(base(update)).isEqualTo(version(clearing));
            assertThat(update.toString()).contains(CLEARING, live).doesNotContain(SHOP);
        }
        weather(missed);
        try (Watcher bob = Watcher.open(transport, server, BOB, "zone", "&cursor=" + cursor)) {
            for (String told : List.of(live, missed)) {
                JsonObject update = bob.nextOfWorld();
                assertThat(update.text("type")).isEqualTo("world_update");
                assertThat(update.toString()).contains(CLEARING, told).doesNotContain(SHOP);
                replica.take(update);
            }
            assertThat(replica.gaps.get() + replica.repetitions.get()).isZero();
            assertThat(((JsonObject) replica.world()).object("locations").get(CLEARING))
                    .isEqualTo(locations().get(CLEARING));
            way.lead(bob, SHOP);
            JsonObject shop = bob.nextOfWorld();
            assertThat(zone(shop)).isEqualTo(SHOP);
            assertThat(shop.object("zone").text("weather")).isEqualTo(missed);
            assertThat(version(shop)).isGreaterThan(replica.version());
        } finally {
            comeHome(BOB);
        }
    }

    @Rule(20)
    @ParameterizedTest
    @EnumSource
    void whatGoesToAnotherZoneIsRemovedFromTheOneAndAddedToTheOther(Transport transport)
            throws Exception {
        String window = "locations.woander_store.areas.window.spots.spot_1.items";
        String moss = "locations.waypoint_28a.areas.ring_of_moss.spots.spot_1.items";
        command(ALICE, go(CLEARING));
        try (Watcher alice = Watcher.open(transport, server, ALICE, "zone", "");
                Watcher bob = Watcher.open(transport, server, BOB, "zone", "")) {
            JsonObject clearing = alice.nextOfWorld();
            assertThat(zone(clearing)).isEqualTo(CLEARING);
            JsonObject shop = bob.nextOfWorld();
            assertThat(zone(shop)).isEqualTo(SHOP);

            theCatGoes(window, moss);
            JsonObject gone = bob.nextOfWorld();
            JsonObject come = alice.nextOfWorld();
            assertOnlyChange(gone, "remove", SHOP, "window");
            assertOnlyChange(come, "add", CLEARING, "ring_of_moss");
            assertThat(version(gone)).as("one revision").isEqualTo(version(come));
            assertThat(base(gone)).isEqualTo(version(shop));
            assertThat(base(come)).isEqualTo(version(clearing));

            theCatGoes(moss, window);
            assertOnlyChange(bob.nextOfWorld(), "add", SHOP, "window");
            assertOnlyChange(alice.nextOfWorld(), "remove", CLEARING, "ring_of_moss");
        } finally {
            comeHome(ALICE);
        }
    }

    private static void theCatGoes(String from, String to) throws Exception {
        update(
                """
                {"%s": {"$remove": {"instance_id": "shop_cat_1"}},
                 "%s": {"$append": {"instance_id": "shop_cat_1", "template_id": "shop_cat", "state": {"asleep": true}}}}
                """
                        .formatted(from, to));
    }

    private static void assertOnlyChange(
            JsonObject update, String operation, String zone, String area) {
        assertThat(update.text("type")).isEqualTo("world_update");
        List<? extends Json> changes =
                update.get("changes") instanceof JsonArray array
                        ? array.elements()
                        : update.items("changes");
        assertThat(changes).as(update.toString()).hasSize(1);
        JsonObject change = (JsonObject) changes.getFirst();
        assertThat(change.text("operation")).isEqualTo(operation);
        assertThat(change.text("zone_id")).isEqualTo(zone);
        assertThat(change.text("area_id")).isEqualTo(area);
        assertThat(change.text("spot_id")).isEqualTo("spot_1");
        JsonObject thing = operation.equals("add") ? change.object("item") : change;
        assertThat(thing.text("instance_id")).isEqualTo("shop_cat_1");
    }

    private static void weather(String weather) throws Exception {
        update(
                "{\"locations.%s.weather\":\"%s\",\"locations.%s.weather\":\"%s\"}"
                        .formatted(SHOP, weather, CLEARING, weather));
    }

    private static JsonObject locations() throws Exception {
        return Answers.json(Client.of(server, BOB).get("/experiences/wylding-woods/state"))
                .object("locations");
    }

    private static @Nullable String zone(JsonObject area) {
        return area.object("zone").text("id");
    }

    private static String go(String destination) {
        return "{\"type\":\"action\",\"action\":\"go\",\"destination\":\"" + destination + "\"}";
    }

    private static void comeHome(String key) throws Exception {
        command(key, go(SHOP));
        command(key, go("display_shelf"));
    }

    private static void command(String key, String json) throws Exception {
        Client.of(server, key).post("/experiences/wylding-woods/commands", json);
    }

    private static JsonObject lastOf(Watcher watcher, String... parts) {
        while (true) {
            JsonObject message = watcher.nextOfWorld();
            if (List.of(parts).stream().allMatch(message.toString()::contains)) {
                return message;
            }
        }
    }
}
