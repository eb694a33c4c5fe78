package io.worldweave.app;

import static io.worldweave.app.Answers.assertProblem;
import static io.worldweave.app.Answers.assertRefused;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer says what is wrong with it, and is never 500. */
@ResourceLock(RunningServer.SHARED)
class BadInputIT {
    private static final int BODY_LIMIT = 65_536;
    private static final int REQUESTS_PER_USER = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final String WOODS = "/experiences/wylding-woods/";

    private final Client admin = Client.of(RunningServer.shared(), "demo-admin");

    static Stream<Arguments> badBodies() {
        List<String> paths = List.of(WOODS + "commands", WOODS + "updates", "/chat/unified");
        return paths.stream()
                .flatMap(path ->
                        bodies().entrySet().stream()
                                .map(body -> Arguments.of(path, body.getKey(), body.getValue())));
    }

    @ParameterizedTest(name = "{1} to {0}")
    @MethodSource("badBodies")
    void aBodyThatIsNoneIsRefused(String path, String name, byte[] body) throws Exception {
        assertRefused(admin.post(path, body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"message\":5}",
                "{\"message\":\"\"}",
                "{\"message\":\"   \"}",
                "{\"message\":null}",
                "{\"message\":[\"look\"]}",
                "{\"action\":true}",
                "{\"action\":{}}",
                "{\"type\":\"ping\",\"action\":\"look\"}",
                "{\"type\":7,\"action\":\"look\"}"
            })
    void aCommandOfAnotherFormIsRefused(String body) throws Exception {
        assertRefused(admin.post(WOODS + "commands", body));
    }

    @Test
    void aBodyAtTheLimitIsReadAndOneByteMoreIsNot() throws Exception {
        String start = "{\"limit\":\"";
        String fits = start + "x".repeat(BODY_LIMIT - start.length() - 2) + "\"}";

        assertThat(admin.post(WOODS + "updates", fits).statusCode()).isEqualTo(200);
        assertProblem(admin.post(WOODS + "updates", fits + " "), 413, "too_large");
        assertThat(admin.post(WOODS + "updates", "{\"limit\":null}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/experiences/%2e%2e/state",
                "/experiences/Wylding-Woods/state",
                "/experiences/wylding%20woods/state",
                "/experiences/*/state",
                "/experiences/%3E/player",
                "/experiences/-x/commands",
                "/experiences/%F0%9F%8D%BE/state",
                "/experiences/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/state",
                "/experiences/%2e%2e/events",
                "/experiences/a%5cb/state",
                "/experiences//state",
                "/experiences/lantern-room/state?user=%00",
                "/experiences/lantern-room/state?user=",
                "/experiences/lantern-room/state?user=%20x",
                "/experiences/lantern-room/state?user=%E2%80%AE",
                "/chat/%2e%2e/events",
                "/chat/a.b/events",
                "/chat/a%20b/events",
                "/chat/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/events",
                "/chat/nobody/events",
                "/chat",
                "/nowhere",
                "/WEB-INF/web.xml",
                "/error",
                "/experiences;x=y/wylding-woods/state/more"
            })
    void aPathThatLeadsNowhereIsRefused(String path) throws Exception {
        assertRefused(admin.get(path));
    }

    /** The container answers these before the service sees them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/experiences/..%2f..%2fetc/state",
                "/experiences/%2e%2e%2f%2e%2e/state",
                "/experiences/%00/state",
                "/experiences/a%0ab/state"
            })
    void aPathThatTheContainerRefusesTellsNothingOfItsCode(String path) throws Exception {
        HttpResponse<String> response = admin.get(path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).doesNotContain("Exception", "at com.ibm", "stack");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "abc", "W/", "\"a\" \"b\"", "\"a\",,\"b\"", " "})
    void aConditionThatCannotBeReadIsRefused(String condition) throws Exception {
        assertRefused(admin.with("If-Match", "x" + condition).post(WOODS + "updates", "{\"a\":1}"));
    }

    @Test
    void anotherMethodMediaTypeOrWishIsNamed() throws Exception {
        HttpResponse<String> method = admin.send("DELETE", WOODS + "state", new byte[0]);
        assertProblem(method, 405, "method_not_allowed");
        assertThat(method.headers().firstValue("Allow")).isPresent();
        assertProblem(
                admin.with("Content-Type", "text/plain")
                        .send("POST", WOODS + "commands", "look".getBytes(UTF_8)),
                415,
                "unsupported_media_type");
        for (String path : List.of(WOODS + "commands", WOODS + "updates", "/chat/unified")) {
            for (String type : List.of("application/json;charset=iso-8859-1", "text/json")) {
                assertProblem(
                        admin.with("Content-Type", type).send("POST", path, "{}".getBytes(UTF_8)),
                        415,
                        "unsupported_media_type");
            }
            assertProblem(
                    admin.send("POST", path, "{}".getBytes(UTF_8)), 415, "unsupported_media_type");
        }
        assertThat(
                        admin.with("Content-Type", "application/json; charset=UTF-8")
                                .send("POST", WOODS + "updates", "{}".getBytes(UTF_8))
                                .statusCode())
                .isEqualTo(200);
        assertProblem(
                admin.with("Accept", "text/html").get(WOODS + "state"), 406, "not_acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {WOODS + "commands", WOODS + "updates", "/chat/unified"})
    void aBodyThatAnnouncesTooMuchIsRefusedUnread(String path) throws Exception {
        for (String expectation : List.of("", "Expect: 100-continue\r\n")) {
            String headers =
                    "x-api-key: demo-admin\r\nContent-Length: " + (BODY_LIMIT + 1) + "\r\n";
            try (RawRequest request =
                    RawRequest.post(RunningServer.shared(), path, headers + expectation, "")) {
                assertThat(request.statusLine()).startsWith("HTTP/1.1 413 ");
            }
        }
    }

    @Test
    void halfSentBodiesOfOneUserLeaveTheServiceToTheOthers() throws Exception {
        Client alice = Client.of(RunningServer.shared(), "demo-alice");
        Client bob = Client.of(RunningServer.shared(), "demo-bob");
        List<RawRequest> halves = new ArrayList<>();
        try {
            for (int i = 0; i < REQUESTS_PER_USER; i++) {
                halves.add(
                        RawRequest.post(
                                RunningServer.shared(),
                                "/chat/unified",
                                "x-api-key: demo-alice\r\nContent-Length: 200\r\n",
                                "{\"mess"));
            }
            await().atMost(PATIENCE).until(() -> alice.get("/profile").statusCode() == 429);

            HttpResponse<String> refused = alice.get("/profile");
            assertProblem(refused, 429, "too_many_requests");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(bob.get("/profile").statusCode()).isEqualTo(200);
            assertThat(RunningServer.shared().get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (RawRequest half : halves) {
                half.close();
            }
        }
        await().atMost(PATIENCE).until(() -> alice.get("/profile").statusCode() == 200);
    }

    @Test
    void aBodyThatStopsArrivingIsNotWaitedForLong() throws Exception {
        try (RawRequest half =
                RawRequest.post(
                        RunningServer.shared(),
                        WOODS + "commands",
                        "x-api-key: demo-admin\r\nContent-Length: 200\r\n",
                        "{\"mess")) {
            assertThat(half.statusLine()).startsWith("HTTP/1.1 400 ");
        }
    }

    @ParameterizedTest(name = "{1} as {0}")
    @MethodSource("badPatches")
    void aPatchThatIsNoneIsRefusedAndChangesNothing(String type, String name, byte[] body)
            throws Exception {
        assertRefused(
                admin.with("Content-Type", type)
                        .with("If-Match", "*")
                        .send("PATCH", WOODS + "state", body));
    }

    static Stream<Arguments> badPatches() {
        return Stream.of("application/json-patch+json", "application/merge-patch+json")
                .flatMap(type ->
                        bodies().entrySet().stream()
                                .map(body -> Arguments.of(type, body.getKey(), body.getValue())));
    }

    private static Map<String, byte[]> bodies() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("nothing", new byte[] {' '});
        text(bodies, "half an object", "{\"message\":\"look\"");
        text(bodies, "two objects", "{\"message\":\"look\"}{}");
        text(bodies, "a duplicate key", "{\"message\":\"look\",\"message\":\"go\"}");
        text(bodies, "an escaped duplicate key", "{\"message\":\"look\",\"m\\u0065ssage\":\"go\"}");
        text(bodies, "a list", "[{\"message\":\"look\"}]");
        text(bodies, "a text", "\"look\"");
        text(bodies, "null", "null");
        text(bodies, "a comment", "{\"message\":\"look\"/* */}");
        text(bodies, "a trailing comma", "{\"message\":\"look\",}");
        text(bodies, "single quotes", "{'message':'look'}");
        text(bodies, "not a number", "{\"message\":NaN}");
        text(bodies, "a leading zero", "{\"message\":01}");
        text(bodies, "a number past all doubles", "{\"message\":1e400}");
        text(bodies, "a long number", "{\"message\":" + "9".repeat(20_000) + "}");
        text(bodies, "a lone surrogate", "{\"message\":\"\\ud800\"}");
        text(bodies, "a control character", "{\"message\":\"a\u0001\"}");
        text(bodies, "a byte order mark", "\ufeff{\"message\":\"look\"}");
        text(bodies, "a deep list", "{\"message\":" + "[".repeat(40) + "]".repeat(40) + "}");
        text(bodies, "a very deep list", "[".repeat(60_000));
        text(bodies, "a long name", "{\"" + "n".repeat(2_000) + "\":1}");
        text(bodies, "too much", "{\"message\":\"" + "x".repeat(BODY_LIMIT) + "\"}");
        bodies.put("Latin-1", "{\"message\":\"\u00e9\"}".getBytes(ISO_8859_1));
        bodies.put("UTF-16", "{\"message\":\"look\"}".getBytes(UTF_16));
        bodies.put("an overlong form", new byte[] {'{', '"', (byte) 0xc0, (byte) 0xaf, '"', '}'});
        return bodies;
    }

    private static void text(Map<String, byte[]> bodies, String name, String text) {
        bodies.put(name, text.getBytes(UTF_8));
    }
}
