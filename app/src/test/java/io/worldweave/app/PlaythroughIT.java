package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demonstration world, played to its end by two players over WebSocket. */
@Timeout(120)
class PlaythroughIT {
    /** One of the two. */
    private static final class Player implements AutoCloseable {
        private final BlockingQueue<JsonObject> responses = new LinkedBlockingQueue<>();
        private final SessionReplica replica = new SessionReplica();
        private final SessionReader session;

        Player(RunningServer server, String key) {
            session =
                    SessionReader.listen(
                            server,
                            "/ws/experience?experience=wylding-woods",
                            key,
                            message -> {
                                replica.take(message);
                                if (message.text("type", "").equals("action_response")) {
                                    responses.add(message);
                                }
                            });
            session.awaitOpen();
        }

        void says(String words, String... answer) throws InterruptedException {
            does("\"action\":\"" + words + "\"", answer);
        }

        void does(String members, String... answer) throws InterruptedException {
            session.send("{\"type\":\"action\"," + members + "}");
            JsonObject response = responses.poll(20, TimeUnit.SECONDS);
            assertThat(response).as(members).isNotNull();
            assertThat(response.flag("success", false)).as(response.toString()).isTrue();
            for (String part : answer) {
                assertThat(response.text("message")).as(members).contains(part);
            }
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @Test
    void twoPlayersBringTheDreamsHome() throws Exception {
        try (RunningServer server = RunningServer.start(Map.of("WORLDWEAVE_SESSION_RATE", "1000"));
                Player alice = new Player(server, "demo-alice");
                Player bob = new Player(server, "demo-bob")) {
            alice.says("go to the counter", "A counter of blue oak");
            alice.says("hello Woander!", "Welcome");
            alice.says("go to fairy door main", "a round green door");
            alice.says("talk to Louisa", "have you come to help?");

            bob.says("go to the display shelf");
            bob.does("\"action\":\"collect_item\",\"instance_id\":\"dream_bottle_1\"");
            bob.says("go to the spiral house", "Fairy House");
            alice.says("go to the spiral house", "Fairy House");
            bob.does(
                    "\"action\":\"give_item\",\"instance_id\":\"dream_bottle_1\","
                            + "\"target_user_id\":\"alice\"");
            alice.says("return the peaceful dream bottle", "1 of 4");

            fetchAndBring(alice, "window", "grab the adventurous bottle", "star house", "2 of 4");
            fetchAndBring(
                    alice, "corner nook", "pick the joyful bottle up", "moon house", "3 of 4");
            fetchAndBring(
                    alice,
                    "book alcove",
                    "please take the whimsical dream bottle",
                    "fairy house of the sun",
                    "All 4 dreams are home.");
            alice.says("go to the fairy door", "green door");
            alice.says("talk to Louisa", "Four houses, fast asleep");

            for (Player player : new Player[] {alice, bob}) {
                assertHasSeenAll(server, player, player == alice ? "demo-alice" : "demo-bob");
            }
            assertThat(alice.replica.player().toString()).contains("\"status\":\"completed\"");
            assertThat(bob.replica.player().toString()).doesNotContain("completed");
        }
    }

    private static void fetchAndBring(
            Player player, String area, String take, String house, String answer)
            throws InterruptedException {
        player.says("go to the " + area);
        player.says(take);
        player.says("go to the " + house, "Fairy House");
        player.says("return the bottle", answer);
    }

    private static void assertHasSeenAll(RunningServer server, Player player, String key)
            throws Exception {
        JsonObject state =
                Answers.json(Client.of(server, key).get("/experiences/wylding-woods/state"));
        JsonObject own =
                Answers.json(Client.of(server, key).get("/experiences/wylding-woods/player"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(player.replica.player()).isEqualTo(own));
        JsonObject seen = (JsonObject) player.replica.world();
        assertThat(seen.object("locations").get("woander_store"))
                .isEqualTo(state.object("locations").get("woander_store"));
        assertThat(player.replica.gaps).hasValue(0);
        assertThat(player.replica.repetitions).hasValue(0);
    }
}
