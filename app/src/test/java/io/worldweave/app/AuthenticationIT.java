package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(RunningServer.SHARED)
class AuthenticationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Client nobody = Client.anonymous(RunningServer.shared());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/experiences",
                "/profile",
                "/experiences/wylding-woods/state",
                "/experiences/wylding-woods/events",
                "/chat/x/events",
                "/nowhere",
                "/error"
            })
    void withoutCredentialsNothingIsTold(String path) throws Exception {
        HttpResponse<String> response = nobody.get(path);

        assertProblem(response, 401, "unauthenticated");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    @Test
    void theKeyIsTakenFromEitherHeaderAndFromTheQuery() throws Exception {
        assertThat(user(nobody.with("x-api-key", "demo-bob"), "/profile")).isEqualTo("bob");
        assertThat(user(nobody.with("Authorization", "Bearer demo-bob"), "/profile"))
                .isEqualTo("bob");
        assertThat(user(nobody.with("Authorization", "bearer demo-bob"), "/profile"))
                .isEqualTo("bob");
        assertThat(user(nobody, "/profile?token=demo-bob")).isEqualTo("bob");
        assertThat(user(nobody.with("x-api-key", "demo-bob"), "/profile?token=demo-bob"))
                .isEqualTo("bob");
    }

    @Test
    void whatProvesNobodyIsRefused() throws Exception {
        assertRefused(nobody.with("x-api-key", "demo-carol"));
        assertRefused(nobody.with("x-api-key", "DEMO-ALICE"));
        assertRefused(nobody.with("x-api-key", "k".repeat(9_000)));
        assertRefused(nobody.with("Authorization", "Basic ZGVtby1hbGljZTo="));
        assertRefused(nobody.with("Authorization", "Bearer"));
    }

    @Test
    void credentialsThatDifferProveNobody() throws Exception {
        assertRefused(
                nobody.with("x-api-key", "demo-alice").with("Authorization", "Bearer demo-bob"));
        assertProblem(
                nobody.with("x-api-key", "demo-alice").get("/profile?token=demo-bob"),
                401,
                "unauthenticated");
    }

    @Test
    void theKeysThatEverybodyKnowsWorkOnlyWhereNothingIsInBetween() throws Exception {
        assertRefused(nobody.with("x-api-key", "demo-alice").with("X-Forwarded-For", "192.0.2.1"));
        assertRefused(nobody.with("x-api-key", "demo-alice").with("Forwarded", "for=192.0.2.1"));
    }

    @Test
    void keysAreReadAgainWhenTheirFileChangesAndASlipLocksNobodyOut() throws Exception {
        try (RunningServer server = RunningServer.start()) {
            Path file = server.dataDirectory().resolve("credentials");
            Client carol = Client.of(server, "a-long-random-key");
            assertThat(Client.of(server, "demo-alice").get("/profile").statusCode()).isEqualTo(200);

            Files.writeString(file, "# keys\n" + line("a-long-random-key", "carol player") + "\n");
            await().atMost(PATIENCE).until(() -> carol.get("/profile").statusCode() == 200);
            assertThat(user(carol, "/profile")).isEqualTo("carol");
            assertThat(Client.of(server, "demo-alice").get("/profile").statusCode()).isEqualTo(401);

            Files.writeString(file, "sha256:oops carol player\n");
            await().atMost(PATIENCE)
                    .until(() -> {
                        carol.get("/profile");
                        return server.log().contains("line 1 is not");
                    });
            assertThat(carol.get("/profile").statusCode()).isEqualTo(200);

            try (EventReader stream =
                            EventReader.get(
                                    server,
                                    "/experiences/wylding-woods/events",
                                    "a-long-random-key");
                    SessionReader session =
                            SessionReader.open(
                                    server,
                                    "/ws/experience?experience=wylding-woods",
                                    "a-long-random-key")) {
                stream.next("snapshot");
                session.next("area_of_interest");
                Files.writeString(file, line("another-long-key", "dave publisher") + "\n");
                await().atMost(PATIENCE).until(() -> carol.get("/profile").statusCode() == 401);
                assertThat(stream.rest().getLast().data().text("code")).isEqualTo("revoked");
                JsonObject goodbye = session.next("error");
                assertThat(goodbye.text("code")).isEqualTo("revoked");
                assertThat(goodbye.flag("retry", true)).isFalse();
                assertThat(session.closeCode()).isEqualTo(1008);
            }
            assertThat(server.log()).doesNotContain("a-long-random-key");
        }
    }

    @Test
    void beyondThisMachineNothingStartsWithoutCredentials() throws Exception {
        try (RunningServer server =
                RunningServer.startAndFail(Map.of("WORLDWEAVE_HTTP_HOST", "0.0.0.0"))) {
            assertThat(server.console())
                    .contains("worldweave.http.host is \"0.0.0.0\"", "there are no credentials")
                    .doesNotContain("\tat ");
        }
    }

    private static String user(Client client, String path) throws Exception {
        return json(client.get(path)).text("user_id");
    }

    private static void assertRefused(Client client) throws Exception {
        assertProblem(client.get("/profile"), 401, "unauthenticated");
    }

    private static String line(String key, String who) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        return "sha256:" + HexFormat.of().formatHex(hash) + " " + who;
    }
}
