package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.database.PostgresServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service with its worlds in a real PostgreSQL. */
@Timeout(300)
class DatabaseStoreIT {
    private static final String STATE = "/experiences/wylding-woods/state";
    private static final String PLAYER = "/experiences/wylding-woods/player";

    private static PostgresServer postgres;

    @BeforeAll
    static void startPostgres() {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @Test
    void twoNodesPlayInOneWorldAndAKilledOneIsNotMissed() throws Exception {
        Map<String, String> environment = environment(postgres.newDatabase());
        try (RunningServer one = RunningServer.start(environment);
                RunningServer two = RunningServer.start(environment)) {
            Client alice = Client.of(one, "demo-alice");
            Client bob = Client.of(two, "demo-bob");
            take(alice, "peaceful");
            bob.post("/experiences/wylding-woods/commands", "{\"message\":\"go to the window\"}");
            take(bob, "adventurous");

            assertThat(alice.get(PLAYER).body()).contains("dream_bottle_1");
            assertThat(bob.get(PLAYER).body()).contains("dream_bottle_2");
            assertThatBothShowTheSame(alice, bob);

            one.kill();
            bob.post("/experiences/wylding-woods/commands", "{\"message\":\"drop the bottle\"}");
            assertThat(bob.get(STATE).statusCode()).isEqualTo(200);
            one.restart();

            assertThat(alice.get(PLAYER).body()).contains("dream_bottle_1");
            assertThatBothShowTheSame(alice, bob);
        }
    }

    @Test
    void aServiceWaitsForItsDatabaseAtTheStartAndWheneverItIsAway() throws Exception {
        Map<String, String> environment = environment(postgres.newDatabase());
        postgres.kill();
        try (RunningServer server = RunningServer.startUnready(environment)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> server.console().contains("WORLDWEAVE_DATABASE_URL"));
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(server.console() + server.log()).doesNotContain(PostgresServer.PASSWORD);
            postgres.restart();
            server.awaitReady();
            Client alice = Client.of(server, "demo-alice");
            take(alice, "peaceful");
            String before = alice.get(PLAYER).body();

            postgres.kill();
            assertThat(go(alice, "go to the window")).isEqualTo(503);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.get("/health/ready").statusCode() == 503);
            postgres.restart();

            server.awaitReady();
            assertThat(alice.get(PLAYER).body()).isEqualTo(before);
            assertThat(go(alice, "go to the window")).isEqualTo(200);
        }
    }

    @Test
    void aServiceWithoutAnAddressOfItsDatabaseDoesNotStart() {
        RunningServer server = RunningServer.startAndFail(Map.of("WORLDWEAVE_STORE", "database"));

        assertThat(server.console()).contains("WORLDWEAVE_DATABASE_URL");
    }

    private static Map<String, String> environment(String database) {
        return Map.of(
                "WORLDWEAVE_STORE",
                "database",
                "WORLDWEAVE_DATABASE_URL",
                postgres.url(database),
                "WORLDWEAVE_DATABASE_USER",
                PostgresServer.USER,
                "WORLDWEAVE_DATABASE_PASSWORD",
                PostgresServer.PASSWORD);
    }

    private static void assertThatBothShowTheSame(Client one, Client two) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(one.get(STATE).body()).isEqualTo(two.get(STATE).body()));
    }

    private static void take(Client player, String bottle)
            throws IOException, InterruptedException {
        assertThat(go(player, "take the " + bottle + " dream bottle")).isEqualTo(200);
    }

    private static int go(Client player, String message) throws IOException, InterruptedException {
        return player.post(
                        "/experiences/wylding-woods/commands", "{\"message\":\"" + message + "\"}")
                .statusCode();
    }
}
