package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.app.EventReader.Event;
import io.worldweave.domain.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A chat turn over HTTP, as a player's client sees it (I4, I8). */
@Timeout(60)
@ResourceLock(RunningServer.SHARED)
class TurnIT {
    private static RunningServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = RunningServer.sharedAnew();
    }

    @BeforeEach
    void theBottleIsOnItsShelf() {
        EventReader.say(server, "demo-alice", "drop the peaceful dream bottle").rest();
        EventReader.say(server, "demo-bob", "drop the peaceful dream bottle").rest();
    }

    private static List<String> types(List<Event> events) {
        return events.stream().map(Event::type).toList();
    }

    private static String text(List<Event> events) {
        return events.stream()
                .map(event -> event.data().text("content", ""))
                .collect(Collectors.joining());
    }

    private static String conversation(Event metadata) {
        return metadata.data().text("conversation_id", "");
    }

    @Test
    void theWorldGoesBeforeTheWordsAndDoneIsLast() {
        try (EventReader turn =
                EventReader.say(server, "demo-alice", "take the peaceful dream bottle")) {
            List<Event> events = turn.rest();

            assertThat(turn.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            assertThat(turn.headers().firstValue("Content-Encoding"))
                    .as("a stream is not compressed")
                    .isEmpty();
            assertThat(turn.sawCarriageReturns()).isFalse();
            assertThat(types(events))
                    .startsWith("metadata", "world_update", "tool_use", "content")
                    .endsWith("done");
            assertThat(types(events)).containsOnlyOnce("metadata", "done", "tool_use");
            JsonObject update = events.get(1).data();
            assertThat(update.get("base_version"))
                    .isEqualTo(events.get(0).data().get("snapshot_version"));
            assertThat(update.text("user_id")).isEqualTo("alice");
            assertThat(text(events)).startsWith("You lift the peaceful dream bottle.");
            assertThat(events.getLast().data().text("finish_reason")).isEqualTo("stop");
        }
    }

    @Test
    void anotherPlayersStreamShowsItAndNothingOfThePlayersOwn() {
        try (EventReader bob =
                EventReader.get(server, "/experiences/wylding-woods/events", "demo-bob")) {
            bob.next("snapshot");
            EventReader.say(server, "demo-alice", "take the peaceful dream bottle").rest();

            JsonObject update = bob.next("world_update").data();

            assertThat(update.toString())
                    .contains("\"operation\":\"remove\"", "dream_bottle_1")
                    .doesNotContain("player.inventory");
        }
    }

    @Test
    void theAliasAnswersTheSame() {
        try (EventReader turn =
                EventReader.post(
                        server,
                        "/api/v0.3/chat",
                        "demo-alice",
                        "{\"message\":\"look\",\"stream\":true}")) {
            assertThat(types(turn.rest()))
                    .startsWith("metadata", "tool_use", "content")
                    .endsWith("done");
        }
    }

    @Test
    void aUserIdInTheBodyChangesNothing() {
        try (EventReader turn =
                EventReader.post(
                        server,
                        "/chat/unified",
                        "demo-alice",
                        "{\"message\":\"take the peaceful dream bottle\",\"stream\":true,\"user_id\":\"bob\"}")) {
            assertThat(turn.next("world_update").data().text("user_id")).isEqualTo("alice");
            turn.rest();
        }
    }

    @Test
    void gatheredTheTurnIsOneDocument() throws Exception {
        var answer =
                Client.of(server, "demo-alice")
                        .post("/chat/unified", "{\"message\":\"take the peaceful dream bottle\"}");

        JsonObject document = Answers.json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(document.text("content")).startsWith("You lift the peaceful dream bottle.");
        assertThat(document.text("finish_reason")).isEqualTo("stop");
        assertThat(document.text("conversation_id")).isNotBlank();
        assertThat(String.valueOf(document.get("events")))
                .startsWith("[{\"type\":\"metadata\"")
                .contains("world_update");
    }

    @Test
    void aClientThatWasCutOffComesBackWithoutLossOrRepetition() {
        Event metadata;
        StringBuilder text = new StringBuilder();
        String cursor;
        try (EventReader turn = EventReader.say(server, "demo-alice", "look around")) {
            metadata = turn.next("metadata");
            for (int i = 0; i < 3; i++) {
                text.append(turn.next("content").data().text("content"));
            }
            cursor = turn.lastId();
        }
        String path = "/chat/" + conversation(metadata) + "/events";
        try (EventReader again =
                        EventReader.get(server, path, "demo-alice", "Last-Event-ID", cursor);
                EventReader whole = EventReader.get(server, path, "demo-alice")) {
            List<Event> missed = again.rest();
            List<Event> all = whole.rest();

            assertThat(types(missed)).doesNotContain("metadata", "tool_use").endsWith("done");
            assertThat(types(all)).startsWith("metadata").endsWith("done");
            assertThat(text + text(missed)).isEqualTo(text(all));
        }
    }

    @Test
    void aStopEndsTheTurnForEveryViewer() throws Exception {
        try (EventReader turn = EventReader.say(server, "demo-alice", "look around")) {
            Event metadata = turn.next("metadata");
            String path = "/chat/" + conversation(metadata);
            try (EventReader second = EventReader.get(server, path + "/events", "demo-alice")) {
                second.next("content");
                assertThat(Client.of(server, "demo-alice").post(path + "/stop", "").statusCode())
                        .isEqualTo(200);

                assertThat(turn.rest().getLast().data().text("finish_reason"))
                        .isEqualTo("cancelled");
                assertThat(second.rest().getLast().data().text("finish_reason"))
                        .isEqualTo("cancelled");
            }
        }
    }

    @Test
    void aConversationRunsOneTurnAtATimeAndIsItsOwnersAlone() throws Exception {
        try (EventReader turn = EventReader.say(server, "demo-alice", "look around")) {
            String id = conversation(turn.next("metadata"));
            String more = "{\"message\":\"look\",\"conversation_id\":\"" + id + "\"}";

            Answers.assertProblem(
                    Client.of(server, "demo-alice").post("/chat/unified", more),
                    409,
                    "turn_in_progress");
            Answers.assertProblem(
                    Client.of(server, "demo-bob").post("/chat/unified", more), 403, "forbidden");
            Answers.assertProblem(
                    Client.of(server, "demo-bob").get("/chat/" + id + "/events"), 403, "forbidden");
            Answers.assertProblem(
                    Client.of(server, "demo-bob").post("/chat/" + id + "/stop", ""),
                    403,
                    "forbidden");
            Answers.assertProblem(
                    Client.of(server, "demo-bob").get("/chat/unheard-of/events"),
                    404,
                    "unknown_conversation");
            turn.rest();
            assertThat(Client.of(server, "demo-alice").post("/chat/unified", more).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredInWords() throws Exception {
        JsonObject document =
                Answers.json(
                        Client.of(server, "demo-alice")
                                .post("/chat/unified", "{\"message\":\"xyzzy\"}"));

        assertThat(document.text("content")).contains("look", "take");
        assertThat(String.valueOf(document.get("events"))).doesNotContain("tool_use");
    }
}
