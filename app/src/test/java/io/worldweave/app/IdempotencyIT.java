package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.etag;
import static io.worldweave.app.Answers.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are sent again because nobody knows whether they arrived. */
@Timeout(120)
@ResourceLock(RunningServer.SHARED)
class IdempotencyIT {
    private static final String WOODS = "/experiences/wylding-woods/";

    private final Client admin = Client.of(RunningServer.shared(), "demo-admin");
    private final Client bob = Client.of(RunningServer.shared(), "demo-bob");

    @Test
    void aRepeatedUpdateIsAnsweredAsTheFirstTime() throws Exception {
        Client keyed = admin.with("Idempotency-Key", "\"update-1\"");
        HttpResponse<String> first = keyed.post(WOODS + "updates", "{\"idem_a\":1}");
        admin.post(WOODS + "updates", "{\"idem_a\":2}");
        HttpResponse<String> again = keyed.post(WOODS + "updates", "{\"idem_a\":1}");

        assertThat(again.statusCode()).isEqualTo(first.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(etag(again)).isEqualTo(etag(first));
        assertThat(json(admin.get(WOODS + "state")).get("idem_a"))
                .as("nothing was done again")
                .hasToString("2");
    }

    @Test
    void aRepeatedPatchIsAnsweredAsTheFirstTimeThoughItsConditionHoldsNoMore() throws Exception {
        byte[] patch = "{\"idem_b\":1}".getBytes(UTF_8);
        int attempt = 0;
        Client keyed;
        HttpResponse<String> first;
        do { // other tests write to this world
            attempt++;
            keyed =
                    admin.with("Idempotency-Key", "patch-" + attempt)
                            .with("If-Match", etag(admin.get(WOODS + "state")))
                            .with("Content-Type", "application/merge-patch+json");
            first = keyed.send("PATCH", WOODS + "state", patch);
        } while (first.statusCode() == 412);
        HttpResponse<String> again = keyed.send("PATCH", WOODS + "state", patch);

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(etag(again)).isEqualTo(etag(first));
    }

    @Test
    void aRepeatedCommandIsAnsweredAsTheFirstTime() throws Exception {
        Client keyed = bob.with("Idempotency-Key", "\"go\"");
        String go = "{\"message\":\"go to the counter\"}";
        bob.post(WOODS + "commands", "{\"message\":\"go to the window\"}");
        HttpResponse<String> first = keyed.post(WOODS + "commands", go);
        bob.post(WOODS + "commands", "{\"message\":\"go to the window\"}");
        HttpResponse<String> again = keyed.post(WOODS + "commands", go);

        assertThat(json(first).flag("success", false)).as(first.body()).isTrue();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(bob.get(WOODS + "player").body()).as("done once").contains("window");
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() throws Exception {
        Client keyed = admin.with("Idempotency-Key", "reused");
        keyed.post(WOODS + "updates", "{\"idem_c\":1}");

        assertProblem(keyed.post(WOODS + "updates", "{\"idem_c\":2}"), 422, "key_reused");
        assertProblem(
                keyed.with("If-Match", "*")
                        .with("Content-Type", "application/merge-patch+json")
                        .send("PATCH", WOODS + "state", "{\"idem_c\":1}".getBytes(UTF_8)),
                422,
                "key_reused");
        assertProblem(
                keyed.post(WOODS + "commands", "{\"message\":\"go to the counter\"}"),
                422,
                "key_reused");
        assertThat(json(admin.get(WOODS + "state")).get("idem_c")).hasToString("1");
    }

    @Test
    void aKeyIsItsUsersOwn() throws Exception {
        admin.with("Idempotency-Key", "shared").post(WOODS + "updates", "{\"idem_d\":1}");

        assertThat(
                        bob.with("Idempotency-Key", "shared")
                                .post(WOODS + "commands", "{\"message\":\"go to the counter\"}")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void ofRequestsThatRaceWithOneKeyOneIsDone() throws Exception {
        admin.post(WOODS + "updates", "{\"idem_list\":[\"begin\"]}");
        Client keyed = admin.with("Idempotency-Key", "race");
        Callable<HttpResponse<String>> append =
                () -> keyed.post(WOODS + "updates", "{\"idem_list\":{\"$append\":\"once\"}}");
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> futures = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                futures.add(threads.submit(append));
            }
            for (Future<HttpResponse<String>> future : futures) {
                answers.add(future.get());
            }
        }
        List<String> done =
                answers.stream()
                        .filter(answer -> answer.statusCode() == 200)
                        .map(HttpResponse::body)
                        .distinct()
                        .toList();
        assertThat(done).hasSize(1);
        for (HttpResponse<String> answer : answers) {
            if (answer.statusCode() != 200) {
                assertProblem(answer, 409, "request_in_progress");
            }
        }
        assertThat(json(admin.get(WOODS + "state")).get("idem_list"))
                .hasToString("[\"begin\",\"once\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"half", "two words", "a,b", "\"a\";b=\"c\""})
    void aKeyThatIsNoneIsRefused(String key) throws Exception {
        for (String path : List.of("updates", "commands")) {
            assertProblem(
                    admin.with("Idempotency-Key", key).post(WOODS + path, "{\"message\":\"look\"}"),
                    400,
                    "invalid_request");
        }
    }

    @Test
    void aKeyThatIsTooLongAndTwoOfThemAreRefused() throws Exception {
        assertProblem(
                admin.with("Idempotency-Key", "x".repeat(256)).post(WOODS + "updates", "{}"),
                400,
                "invalid_request");
        assertProblem(
                admin.with("Idempotency-Key", "one")
                        .with("Idempotency-Key", "two")
                        .post(WOODS + "updates", "{}"),
                400,
                "invalid_request");
    }
}
