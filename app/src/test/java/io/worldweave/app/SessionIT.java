package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A persistent session, as a game would use it. */
@Timeout(90)
@ResourceLock(RunningServer.SHARED)
class SessionIT {
    private static final String SESSION = "/ws/experience?experience=wylding-woods";

    /** A token of the form that is not accepted: of alice, signed with nothing. */
    private static final String JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.";

    private static RunningServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = RunningServer.sharedAnew();
    }

    private static SessionReader alice() {
        return SessionReader.open(server, SESSION, "demo-alice");
    }

    private static List<String> types(List<JsonObject> messages) {
        return messages.stream().map(message -> message.text("type", "")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/experience", "/ws/world?experience=wylding-woods"})
    void connectedComesFirstAndThenWhatThePlayerSees(String path) {
        try (SessionReader session = SessionReader.open(server, path, "demo-alice")) {
            JsonObject connected = session.next();
            JsonObject area = session.next();

            assertThat(connected.text("type")).isEqualTo("connected");
            assertThat(connected.text("user_id")).isEqualTo("alice");
            assertThat(connected.text("experience")).isEqualTo("wylding-woods");
            assertThat(connected.text("connection_id")).isNotBlank();
            assertThat(connected.text("message")).isNotBlank();
            assertThat(connected.has("timestamp")).isTrue();
            assertThat(area.text("type")).isEqualTo("area_of_interest");
            assertThat(area.text("cursor")).isNotBlank();
            assertThat(area.object("player").has("inventory")).isTrue();
        }
    }

    @Test
    void playersOfAZoneAreToldWhoComesAndGoes() {
        try (SessionReader alice = alice()) {
            alice.next("area_of_interest");
            try (SessionReader bob = SessionReader.open(server, SESSION, "demo-bob")) {
                JsonObject there = bob.next("presence");
                assertThat(there.text("event")).isEqualTo("join");
                assertThat(there.text("user_id")).isEqualTo("alice");
                JsonObject came = alice.next("presence");
                assertThat(came.text("event")).isEqualTo("join");
                assertThat(came.text("user_id")).isEqualTo("bob");
                assertThat(came.text("zone_id")).isEqualTo("woander_store");
            }
            JsonObject left = alice.next("presence");
            assertThat(left.text("event")).isEqualTo("leave");
            assertThat(left.text("user_id")).isEqualTo("bob");
        }
    }

    @Test
    void aPingIsAnsweredWithItsTimestamp() {
        try (SessionReader session = alice()) {
            session.send("{\"type\":\"ping\",\"timestamp\":1731240000000}");

            assertThat(session.next("pong").get("timestamp")).isEqualTo(Json.of(1731240000000L));
        }
    }

    @Test
    void anActionIsAnsweredBeforeTheUpdateThatItCauses() {
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            for (String action : List.of("collect_item", "drop_item")) {
                session.send(
                        "{\"type\":\"action\",\"action\":\""
                                + action
                                + "\",\"instance_id\":\"dream_bottle_1\"}");
                JsonObject response = session.next();
                JsonObject update = session.next();

                assertThat(response.text("type")).isEqualTo("action_response");
                assertThat(response.flag("success", false)).as(response.toString()).isTrue();
                assertThat(response.text("item_id")).isEqualTo("dream_bottle_1");
                assertThat(update.text("type")).isEqualTo("world_update");
                assertThat(update.text("cursor")).isNotBlank();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"lat\":37.9,\"lng\":-122.5 | woander_store | display_shelf",
                "\"gps\":{\"latitude\":37.9,\"longitude\":-122.5,\"accuracy\":5} | woander_store | counter",
                "\"lat\":37.9021,\"lng\":-122.5022 | waypoint_28a | ring_of_moss",
                "\"gps\":{\"latitude\":37.902,\"longitude\":-122.5021} | waypoint_28a | hollow_oak"
            })
    void coordinatesAreAnsweredWithWhatIsThere(String place, String zone, String area) {
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            JsonObject there = located(session, place);

            assertThat(there.object("zone").text("id")).isEqualTo(zone);
            assertThat(there.object("areas").has(area)).isTrue();
            assertThat(there.object("player").text("current_location")).isEqualTo(zone);
            comeHome(session);
        }
    }

    @Test
    void whereNoZoneIsNearThereIsNoneWhichIsNoError() {
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            JsonObject nowhere = located(session, "\"lat\":0,\"lng\":0");

            assertThat(nowhere.get("zone")).isEqualTo(JsonNull.NULL);
            assertThat(nowhere.get("areas")).isEqualTo(JsonObject.EMPTY);
            assertThat(nowhere.object("player").get("current_location")).isEqualTo(JsonNull.NULL);
            assertThat(nowhere.object("player").has("inventory")).isTrue();
            comeHome(session);
        }
    }

    /** Says where the player is and returns the answer. */
    private static JsonObject located(SessionReader session, String place) {
        session.send("{\"type\":\"update_location\"," + place + "}");
        JsonObject answer = session.next();
        assertThat(answer.text("type")).as(answer.toString()).isEqualTo("area_of_interest");
        return answer;
    }

    /** To where the other tests begin. */
    private static void comeHome(SessionReader session) {
        JsonObject shop = located(session, "\"lat\":37.9,\"lng\":-122.5");
        assertThat(shop.object("zone").text("id")).isEqualTo("woander_store");
        session.send("{\"type\":\"action\",\"action\":\"go\",\"destination\":\"display_shelf\"}");
        assertThat(session.next().text("type")).isEqualTo("action_response");
    }

    @Test
    void coordinatesAreAnsweredWithASnapshotWhereTheViewIsTheWorld() {
        try (SessionReader session =
                SessionReader.open(server, SESSION + "&view=world", "demo-alice")) {
            session.next("snapshot");
            session.send("{\"type\":\"update_location\",\"lat\":37.9,\"lng\":-122.5}");

            assertThat(session.next().text("type")).isEqualTo("snapshot");
        }
    }

    @Test
    void anActionInWordsIsReadAsWords() {
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            session.send("{\"type\":\"action\",\"action\":\"collect the peaceful dream bottle\"}");
            JsonObject response = session.next();

            assertThat(response.text("action")).as(response.toString()).isEqualTo("collect_item");
            assertThat(session.next().text("type")).isEqualTo("world_update");
            session.send("{\"type\":\"action\",\"action\":\"drop the peaceful dream bottle\"}");
            session.next("world_update");
        }
    }

    @Test
    void whatChangesNothingIsAnsweredAndNoMore() {
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            session.send("{\"type\":\"action\",\"action\":\"inventory\"}");
            session.send("{\"type\":\"ping\",\"timestamp\":1}");

            assertThat(types(session.upTo("pong"))).containsExactly("action_response", "pong");
        }
    }

    @Test
    void theInstalledCommandsAreToldAsSchemas() {
        try (SessionReader session = alice()) {
            session.send("{\"type\":\"get_commands\"}");
            JsonObject schemas = session.next("commands_schema");

            assertThat(schemas.text("schema_version")).isEqualTo("1.0");
            assertThat(schemas.object("commands").object("go").has("properties")).isTrue();
            assertThat(schemas.object("commands").has("collect_item")).isTrue();
        }
    }

    @Test
    void aChatIsToldOnTheSocketWithItsConversation() {
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            session.send("{\"type\":\"chat\",\"text\":\"take the adventurous dream bottle\"}");
            List<JsonObject> told = session.upTo("done");

            assertThat(types(told)).first().isEqualTo("metadata");
            String conversation = told.getFirst().text("conversation_id");
            assertThat(conversation).isNotBlank();
            assertThat(told)
                    .filteredOn(message -> !message.text("type", "").equals("world_update"))
                    .allMatch(message -> conversation.equals(message.text("conversation_id")));
            assertThat(
                            told.stream()
                                    .map(message -> message.text("content", ""))
                                    .collect(Collectors.joining()))
                    .isNotBlank();
            session.send("{\"type\":\"action\",\"action\":\"drop the adventurous dream bottle\"}");
            session.next("action_response");
        }
    }

    @Test
    void severalTurnsAtOnceAreToldApartAndAStopEndsOne() {
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            session.send(
                    "{\"type\":\"chat\",\"text\":\"look around\",\"conversation_id\":\"one\"}");
            session.send("{\"type\":\"chat\",\"text\":\"look\",\"conversation_id\":\"two\"}");
            session.next(message ->
                    "one".equals(message.text("conversation_id")) && message.has("content"));
            session.send("{\"type\":\"chat\",\"text\":\"look\",\"conversation_id\":\"one\"}");
            JsonObject refused = session.next("error");
            assertThat(refused.text("code")).isEqualTo("processing_error");
            assertThat(refused.text("reason")).isEqualTo("turn_in_progress");
            assertThat(refused.text("conversation_id")).isEqualTo("one");

            session.send("{\"type\":\"stop\",\"conversation_id\":\"one\"}");
            Map<String, String> ends = Map.of("one", "cancelled", "two", "stop");
            for (int i = 0; i < 2; i++) {
                JsonObject done = session.next("done");
                assertThat(done.text("finish_reason"))
                        .isEqualTo(ends.get(done.text("conversation_id")));
            }
        }
    }

    @Test
    void whoStopsATurnIsToldHowItEndsAlsoOnASessionThatDoesNotWatchIt() {
        try (SessionReader begun = alice();
                SessionReader other = alice()) {
            begun.next("area_of_interest");
            begun.send(
                    "{\"type\":\"chat\",\"text\":\"look around\",\"conversation_id\":\"elsewhere\"}");
            begun.next("content");
            begun.abort();
            other.next("area_of_interest");
            other.send("{\"type\":\"stop\",\"conversation_id\":\"elsewhere\"}");
            JsonObject told = other.next(message -> message.has("conversation_id"));

            assertThat(told.text("type")).as(told.toString()).isEqualTo("done");
            assertThat(told.text("finish_reason")).isEqualTo("cancelled");
        }
    }

    @Test
    void aChatThatIsRepeatedOnANewSessionIsRefusedAndTakesUpItsTurn() {
        String chat =
                "{\"type\":\"chat\",\"text\":\"look around\",\"conversation_id\":\"repeated\"}";
        try (SessionReader gone = alice();
                SessionReader again = alice()) {
            gone.next("area_of_interest");
            gone.send(chat);
            gone.next("metadata");
            gone.abort();
            again.next("area_of_interest");
            again.send(chat);
            List<JsonObject> told = again.upTo("done");

            assertThat(told.getFirst().text("reason")).isEqualTo("turn_in_progress");
            assertThat(types(told)).startsWith("error", "metadata").containsOnlyOnce("metadata");
            assertThat(told.getLast().text("finish_reason")).isEqualTo("stop");
        }
    }

    @Test
    void aSessionIsTakenUpInEachOfItsTurns() {
        List<String> conversations = List.of("left", "right");
        Map<String, StringBuilder> texts = new HashMap<>();
        String cursor;
        try (SessionReader session = alice()) {
            session.next("area_of_interest");
            for (String conversation : conversations) {
                session.send(
                        "{\"type\":\"chat\",\"text\":\"look around\",\"conversation_id\":\""
                                + conversation
                                + "\"}");
            }
            cursor =
                    session.next(
                                    message -> {
                                        hear(message, texts);
                                        return texts.size() == conversations.size();
                                    })
                            .text("cursor", "");
            session.abort();
        }
        try (SessionReader again =
                SessionReader.open(server, SESSION + "&cursor=" + cursor, "demo-alice")) {
            List<JsonObject> ends = new ArrayList<>();
            again.next(message -> {
                assertThat(message.text("type")).isNotEqualTo("metadata");
                hear(message, texts);
                if (message.text("type", "").equals("done")) {
                    ends.add(message);
                }
                return ends.size() == conversations.size();
            });
        }
        for (String conversation : conversations) {
            try (EventReader whole =
                    EventReader.get(server, "/chat/" + conversation + "/events", "demo-alice")) {
                assertThat(texts.get(conversation).toString())
                        .isEqualTo(
                                whole.rest().stream()
                                        .map(event -> event.data().text("content", ""))
                                        .collect(Collectors.joining()));
            }
        }
    }

    private static void hear(JsonObject message, Map<String, StringBuilder> texts) {
        if (message.has("content")) {
            texts.computeIfAbsent(message.text("conversation_id", ""), _ -> new StringBuilder())
                    .append(message.text("content"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | invalid_json",
                "[] | invalid_json",
                "{} | missing_type",
                "{\"type\":\"action\"} | missing_action",
                "{\"type\":\"dance\"} | unknown_message_type",
                "{\"type\":\"stop\"} | processing_error",
                "{\"type\":\"chat\",\"text\":7} | processing_error",
                "{\"type\":\"stop\",\"conversation_id\":\"never-was\"} | processing_error"
            })
    void anErrorIsToldAndTheSocketStaysOpen(String message, String code) {
        try (SessionReader session = alice()) {
            session.send(message);
            JsonObject error = session.next("error");

            assertThat(error.text("code")).as(error.toString()).isEqualTo(code);
            assertThat(error.text("message")).isNotBlank();
            assertThat(error.has("timestamp")).isTrue();
            assertPongs(session);
        }
    }

    private static void assertPongs(SessionReader session) {
        session.send("{\"type\":\"ping\",\"timestamp\":5}");
        assertThat(session.next("pong").get("timestamp")).isEqualTo(Json.of(5));
    }

    @Test
    void aMessageThatIsTooLongOrNoTextIsAnsweredAndTheSocketStaysOpen() {
        try (SessionReader session = alice()) {
            session.send("{\"type\":\"chat\",\"text\":\"" + "x".repeat(70_000) + "\"}");
            assertThat(session.next("error").text("code")).isEqualTo("processing_error");
            session.socket().sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
            assertThat(session.next("error").text("code")).isEqualTo("invalid_json");
            assertPongs(session);
        }
    }

    @Test
    void aMessageInManyPartsIsOneMessage() {
        try (SessionReader session = alice()) {
            for (String part : List.of("{\"type\":", "\"ping\",\"timestamp\"", ":")) {
                session.socket().sendText(part, false).join();
            }
            session.send("7}");

            assertThat(session.next("pong").get("timestamp")).isEqualTo(Json.of(7));
        }
    }

    @Test
    void partsWithoutEndAreNotKept() {
        try (SessionReader session = alice()) {
            String part = "x".repeat(60_000);
            for (int i = 0; i < 1_000; i++) {
                session.socket().sendText(part, false).join();
            }
            session.send("x");

            assertThat(session.next("error").text("code")).isEqualTo("processing_error");
            assertPongs(session);
        }
    }

    @Test
    void whoMayNotBeKnownIsClosedWith1008() {
        for (List<String> headers :
                List.of(
                        List.<String>of(),
                        List.of("x-api-key", "wrong"),
                        List.of("Authorization", "Bearer " + JWT),
                        List.of("x-api-key", "demo-alice", "Authorization", "Bearer demo-bob"))) {
            try (SessionReader session =
                    SessionReader.connect(server, SESSION, List.of(), headers)) {
                JsonObject error = session.next("error");
                assertThat(error.text("code")).isEqualTo("unauthenticated");
                assertThat(session.closeCode()).isEqualTo(1008);
                assertThat(session.closeReason()).isEqualTo("unauthenticated");
            }
        }
    }

    @Test
    void aCredentialMayBeInAHeaderASubprotocolOrTheQuery() {
        String bearer =
                "worldweave.bearer."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("demo-bob".getBytes(StandardCharsets.UTF_8));
        try (SessionReader header =
                        SessionReader.connect(
                                server,
                                SESSION,
                                List.of(),
                                List.of("Authorization", "Bearer demo-bob"));
                SessionReader subprotocol =
                        SessionReader.connect(
                                server, SESSION, List.of("worldweave.v0.4", bearer), List.of());
                SessionReader query =
                        SessionReader.connect(
                                server, SESSION + "&token=demo-bob", List.of(), List.of())) {
            for (SessionReader session : List.of(header, subprotocol, query)) {
                assertThat(session.next("connected").text("user_id")).isEqualTo("bob");
            }
            assertThat(subprotocol.socket().getSubprotocol()).isEqualTo("worldweave.v0.4");
        }
    }

    @Test
    void anOlderVersionIsAskedForByTheQueryOrTheSubprotocol() {
        try (SessionReader query =
                        SessionReader.open(server, SESSION + "&version=0.3", "demo-alice");
                SessionReader subprotocol =
                        SessionReader.connect(
                                server,
                                SESSION,
                                List.of("worldweave.v0.3"),
                                List.of("x-api-key", "demo-alice"))) {
            for (SessionReader session : List.of(query, subprotocol)) {
                session.next("area_of_interest");
            }
            query.send(
                    "{\"type\":\"action\",\"action\":\"collect_item\",\"instance_id\":\"dream_bottle_1\"}");
            for (SessionReader session : List.of(query, subprotocol)) {
                JsonObject update = session.next("world_update");
                assertThat(update.text("version")).isEqualTo("0.3");
                assertThat(update.has("base_version")).isFalse();
                assertThat(update.text("cursor")).isNotBlank();
            }
            query.send(
                    "{\"type\":\"action\",\"action\":\"drop_item\",\"instance_id\":\"dream_bottle_1\"}");
            query.next("action_response");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "&version=0.2, 4503, invalid_request",
        "&view=moon, 4503, invalid_request",
        "-gone, 4502, unknown_experience",
        "%20, 4503, invalid_id"
    })
    void whatCannotBeHadIsClosedWithACodeThatSaysSo(String more, int code, String reason) {
        try (SessionReader session = SessionReader.open(server, SESSION + more, "demo-alice")) {
            JsonObject error = session.next("error");

            assertThat(error.text("code")).isEqualTo(reason);
            assertThat(error.flag("retry", true)).isFalse();
            assertThat(session.closeCode()).isEqualTo(code);
        }
    }

    @Test
    void pagesOfOtherOriginsOpenNoSessions() {
        String own = "http://localhost:" + server.uri().getPort();
        for (String origin : List.of("https://play.example.com", own)) {
            try (SessionReader session =
                    SessionReader.open(server, SESSION, "demo-alice", "Origin", origin)) {
                session.next("connected");
            }
        }
        for (String origin :
                List.of("https://evil.example.com", "null", "http://play.example.com")) {
            assertThatThrownBy(() ->
                            SessionReader.open(server, SESSION, "demo-alice", "Origin", origin))
                    .isInstanceOf(CompletionException.class)
                    .hasStackTraceContaining("403");
        }
    }

    @Test
    void whoAsksForNoUpgradeIsToldWhatIsHere() throws Exception {
        Answers.assertProblem(
                Client.of(server, "demo-alice").get(SESSION), 426, "upgrade_required");
        Answers.assertProblem(Client.anonymous(server).get(SESSION), 401, "unauthenticated");
    }
}
