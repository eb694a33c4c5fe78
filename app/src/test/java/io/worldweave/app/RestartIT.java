package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.app.EventReader.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a service keeps when it is killed, how it stops, and two of them side by side. */
@Timeout(180)
class RestartIT {
    private static final String EVENTS = "/experiences/wylding-woods/events";

    @Test
    void aKilledServiceComesBackWithItsWorldAndItsStreamsGoOn() throws Exception {
        try (RunningServer server = RunningServer.start()) {
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
            alice.post(
                    "/experiences/wylding-woods/commands",
                    "{\"message\":\"take the adventurous dream bottle\"}");
            String world = alice.get("/experiences/wylding-woods/state").body();
            String player = alice.get("/experiences/wylding-woods/player").body();

            server.kill();
            server.restart();

            assertThat(alice.get("/experiences/wylding-woods/state").body()).isEqualTo(world);
            assertThat(alice.get("/experiences/wylding-woods/player").body())
                    .isEqualTo(player)
                    .contains("dream_bottle_1", "dream_bottle_2");
            try (EventReader bob =
                    EventReader.get(server, EVENTS, "demo-bob", "Last-Event-ID", cursor)) {
                Event missed = bob.next();
                assertThat(missed.type())
                        .as("no snapshot: the history is kept")
                        .isEqualTo("world_update");
                assertThat(missed.data().toString()).contains("dream_bottle_2");
            }
        }
    }

    @Test
    void aServiceThatIsStoppedSaysGoodbyeToItsStreams() {
        RunningServer server = RunningServer.start();
        try (EventReader bob = EventReader.get(server, EVENTS, "demo-bob");
                EventReader turn = EventReader.say(server, "demo-alice", "look around")) {
            bob.next("snapshot");
            turn.next("content");
            long started = System.nanoTime();
            server.stop();

            List<Event> rest = bob.rest();
            assertThat(rest).hasSize(1);
            assertThat(rest.getFirst().data().text("code")).isEqualTo("shutting_down");
            assertThat(rest.getFirst().data().flag("retry", false)).isTrue();
            assertThat(turn.rest().getLast().type())
                    .as("done is a turn's last, even then")
                    .isEqualTo("done");
            assertThat((System.nanoTime() - started) / 1e9).as("seconds to stop").isLessThan(30);
        } finally {
            server.close();
        }
    }

    @Test
    void twoServicesRunSideBySideAndADataDirectoryHasOneOwner() throws Exception {
        try (RunningServer first = RunningServer.start();
                RunningServer second = RunningServer.start()) {
            Client.of(first, "demo-alice")
                    .post(
                            "/experiences/wylding-woods/commands",
                            "{\"message\":\"take the peaceful dream bottle\"}");
            assertThat(
                            Client.of(second, "demo-alice")
                                    .get("/experiences/wylding-woods/player")
                                    .body())
                    .doesNotContain("dream_bottle_1");

            RunningServer third =
                    RunningServer.startAndFail(
                            Map.of("WORLDWEAVE_DATA", first.dataDirectory().toString()));
            assertThat(third.console() + third.log()).contains(Long.toString(first.pid()));
            assertThat(
                            Client.of(first, "demo-alice")
                                    .get("/experiences/wylding-woods/player")
                                    .statusCode())
                    .isEqualTo(200);
        }
    }
}
