package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.app.EventReader.Event;
import io.worldweave.domain.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service keeps when it is killed, how it stops, and two of them side by side. */
@Timeout(180)
class RestartIT {
    private static final String EVENTS = "/experiences/wylding-woods/events";

    /** The container alone would wait half a minute for an open stream. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** A test may leave the service stopped. */
    private static void awaitServer() {
        if (!server.isAlive()) {
            server.restart();
        }
    }

    @Test
    void aKilledServiceComesBackWithItsWorldAndItsStreamsGoOn() throws Exception {
        awaitServer();
        String cursor;
        try (EventReader bob = EventReader.get(server, EVENTS, "demo-bob")) {
            bob.next("snapshot");
            EventReader.say(server, "demo-alice", "take the peaceful dream bottle")
                    .next("world_update");
            bob.next("world_update");
            cursor = bob.lastId();
        }
        Client alice = Client.of(server, "demo-alice");
        alice.post("/experiences/wylding-woods/commands", "{\"message\":\"go to the window\"}");
        HttpResponse<String> take = takeTheAdventurousBottleOnce(alice);
        String world = alice.get("/experiences/wylding-woods/state").body();
        String player = alice.get("/experiences/wylding-woods/player").body();

        server.kill();
        server.restart();

        assertThat(alice.get("/experiences/wylding-woods/state").body()).isEqualTo(world);
        assertThat(alice.get("/experiences/wylding-woods/player").body())
                .isEqualTo(player)
                .contains("dream_bottle_1", "dream_bottle_2");
        assertThat(takeTheAdventurousBottleOnce(alice).body()).isEqualTo(take.body());
        try (EventReader bob =
                EventReader.get(server, EVENTS, "demo-bob", "Last-Event-ID", cursor)) {
            Event missed = bob.next();
            assertThat(missed.type())
                    .as("no snapshot: the history is kept")
                    .isEqualTo("world_update");
            assertThat(missed.data().toString()).contains("dream_bottle_2");
        }
    }

    private static HttpResponse<String> takeTheAdventurousBottleOnce(Client player)
            throws Exception {
        HttpResponse<String> answer =
                player.with("Idempotency-Key", "\"take\"")
                        .post(
                                "/experiences/wylding-woods/commands",
                                "{\"message\":\"take the adventurous dream bottle\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @Test
    void aServiceThatIsStoppedSaysGoodbyeToItsStreams() throws Exception {
        awaitServer();
        try (EventReader bob = EventReader.get(server, EVENTS, "demo-bob");
                EventReader turn = EventReader.say(server, "demo-alice", "look around");
                SessionReader session =
                        SessionReader.open(
                                server, "/ws/experience?experience=wylding-woods", "demo-alice")) {
            bob.next("snapshot");
            turn.next("content");
            session.next("area_of_interest");
            long started = System.nanoTime();
            CompletableFuture<HttpResponse<String>> late = patchUntilTheEnd(server);
            server.stop();
            Duration stopped = Duration.ofNanos(System.nanoTime() - started);

            List<Event> rest = bob.rest();
            assertThat(rest).hasSize(1);
            assertThat(rest.getFirst().data().text("code")).isEqualTo("shutting_down");
            assertThat(rest.getFirst().data().flag("retry", false)).isTrue();
            assertThat(turn.rest().getLast().type())
                    .as("done is a turn's last, even then")
                    .isEqualTo("done");
            JsonObject goodbye = session.next("error");
            assertThat(goodbye.text("code")).isEqualTo("shutting_down");
            // The close frame may be missing: the container stops at the same time.
            assertThat(goodbye.flag("retry", false)).isTrue();
            assertThat(stopped).isLessThan(STOP_LIMIT);
            HttpResponse<String> last = late.join();
            if (last.statusCode() != 200) {
                // the container may have let nobody in by then
                assertThat(last.body()).contains("\"shutting_down\"");
            }
        }
    }

    /** Writes to the world again and again, and returns the last answer that there is. */
    private static CompletableFuture<HttpResponse<String>> patchUntilTheEnd(RunningServer server)
            throws Exception {
        Client admin =
                Client.of(server, "demo-admin")
                        .with("Content-Type", "application/merge-patch+json");
        HttpResponse<String> first = patch(admin);
        return CompletableFuture.supplyAsync(() -> {
            HttpResponse<String> last = first;
            try {
                while (true) {
                    last = patch(admin);
                }
            } catch (IOException | InterruptedException end) {
                return last;
            }
        });
    }

    private static HttpResponse<String> patch(Client admin)
            throws IOException, InterruptedException {
        return admin.send(
                "PATCH", "/experiences/wylding-woods/state", "{}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void twoServicesRunSideBySideAndADataDirectoryHasOneOwner() throws Exception {
        awaitServer();
        try (RunningServer second = RunningServer.start()) {
            String state = "/experiences/wylding-woods/state";
            Client.of(server, "demo-admin")
                    .post("/experiences/wylding-woods/updates", "{\"mark\":\"the first\"}");
            assertThat(Client.of(server, "demo-alice").get(state).body()).contains("the first");
            assertThat(Client.of(second, "demo-alice").get(state).body())
                    .contains("woander_store")
                    .doesNotContain("the first");

            RunningServer third =
                    RunningServer.startAndFail(
                            Map.of("WORLDWEAVE_DATA", server.dataDirectory().toString()));
            assertThat(third.console() + third.log()).contains(Long.toString(server.pid()));
            assertThat(
                            Client.of(server, "demo-alice")
                                    .get("/experiences/wylding-woods/player")
                                    .statusCode())
                    .isEqualTo(200);
        }
    }
}
