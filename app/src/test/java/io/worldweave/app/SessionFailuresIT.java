package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.worldweave.app.RawSession.Frame;
import io.worldweave.domain.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that stall or vanish, and what they leave behind (I6, I8, I9). */
@Timeout(90)
class SessionFailuresIT {
    private static final String SESSION = "/ws/experience?experience=wylding-woods";
    private static final String WHOLE_WORLD = SESSION + "&view=world";
    private static final Duration IDLE = Duration.ofMillis(1_500);
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        Map.of(
                                "WORLDWEAVE_SESSION_PING", "PT0.3S",
                                "WORLDWEAVE_SESSION_IDLE", IDLE.toString(),
                                "WORLDWEAVE_SESSION_WRITE", "PT1S",
                                "WORLDWEAVE_PLAYER_RATE", "1",
                                "WORLDWEAVE_HTTP_HOST", "*",
                                "WORLDWEAVE_DATA", Keys.demoDirectory().toString()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void update(String json) throws Exception {
        var answer =
                Client.of(server, "demo-admin").post("/experiences/wylding-woods/updates", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static double gauge(String name) throws Exception {
        return gauge(server, name);
    }

    private static double gauge(RunningServer server, String name) throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("worldweave_" + name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitSessions(double count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gauge("sessions") == count && gauge("streams_open") == count);
    }

    @Test
    void clientsThatReadNothingHoldUpNobodyAndAreCutOff() throws Exception {
        List<RawSession> stalled = new ArrayList<>();
        try (SessionReader healthy = SessionReader.open(server, WHOLE_WORLD, "demo-bob")) {
            healthy.next("snapshot");
            for (int i = 0; i < 20; i++) {
                stalled.add(RawSession.open(server, WHOLE_WORLD, "demo-alice"));
            }
            String large = "x".repeat(30_000);
            for (int i = 0; i < 200; i++) {
                update("{\"flood\":\"" + i + large + "\"}");
                String wanted = "\"" + i + "x";
                healthy.next(message -> message.toString().contains(wanted));
            }
            awaitSessions(1);
        } finally {
            stalled.forEach(RawSession::close);
            update("{\"flood\":null}");
        }
        awaitSessions(0);
    }

    @Test
    void whoDoesTooMuchAtOnceIsToldWhicheverWayItIsDone() throws Exception {
        Client bob = Client.of(server, "demo-bob");
        String commands = "/experiences/wylding-woods/commands";
        String look = "{\"action\":\"look\"}";
        String action = "{\"type\":\"action\",\"action\":\"look\"}";
        int tries = 0;
        while (bob.post(commands, look).statusCode() != 429) {
            assertThat(tries++).isLessThan(1_000);
        }
        HttpResponse<String> refused = bob.post(commands, look);

        Answers.assertProblem(refused, 429, "too_many_requests");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        try (SessionReader session = SessionReader.open(server, SESSION, "demo-bob")) {
            for (int i = 0; i < 20; i++) {
                session.send(action);
            }
            session.next(message -> message.toString().contains("too_many_requests"));
        }
        assertThat(Client.of(server, "demo-alice").post(commands, look).statusCode())
                .isEqualTo(200);
        await().until(() -> bob.post(commands, look).statusCode() == 200);
    }

    @Test
    void aClientOfWhichNothingIsHeardIsToldToComeBack() throws Exception {
        try (RawSession silent = RawSession.open(server, SESSION, "demo-alice")) {
            List<Frame> frames = silent.rest();

            assertThat(frames.getLast().closeCode()).isEqualTo(4002);
            assertThat(frames.get(frames.size() - 2).text())
                    .contains("\"code\":\"idle\"", "\"retry\":true");
            assertThat(frames).as("pings").anyMatch(Frame::isPing);
        }
        awaitSessions(0);
    }

    @Test
    void aConnectionThatIsHalfOpenIsGoneAfterTheIdleTime() throws Exception {
        assertGoneWithin(IDLE, server);
    }

    @Test
    void aConnectionThatIsHalfOpenIsGoneAfter45Seconds() throws Exception {
        assumeTrue(Boolean.getBoolean("long"), "it takes 45 s: run with --long");
        try (RunningServer standard =
                RunningServer.start(
                        Map.of(
                                "WORLDWEAVE_HTTP_HOST",
                                "*",
                                "WORLDWEAVE_DATA",
                                Keys.demoDirectory().toString()))) {
            assertGoneWithin(Duration.ofSeconds(45), standard);
        }
    }

    /** Its cable is pulled, and what the service sends from then on arrives nowhere. */
    private static void assertGoneWithin(Duration idle, RunningServer server) throws Exception {
        String whyNot = OtherHost.whyNot();
        assumeTrue(whyNot == null, whyNot);
        try (SessionReader bob = SessionReader.open(server, SESSION, "demo-bob");
                OtherHost far = OtherHost.plugIn()) {
            bob.next("area_of_interest");
            far.open(server, SESSION, "demo-alice");
            JsonObject came = bob.next(message -> "alice".equals(message.text("user_id")));
            assertThat(came.text("event")).isEqualTo("join");
            far.pull();
            Client.of(server, "demo-admin")
                    .post("/experiences/wylding-woods/updates", "{\"weather\":\"storm\"}");
            await().atMost(idle.plusSeconds(10)).until(() -> gauge(server, "sessions") == 1);

            JsonObject left = bob.next("presence");
            assertThat(left.text("user_id")).isEqualTo("alice");
            assertThat(left.text("event")).isEqualTo("leave");
            assertThat(gauge(server, "streams_open")).isEqualTo(1);
        }
    }

    @Test
    void aClientThatAnswersPingsStays() {
        try (SessionReader quiet = SessionReader.open(server, SESSION, "demo-alice")) {
            quiet.next("area_of_interest");
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> gauge("sessions") == 1);
            quiet.send("{\"type\":\"ping\"}").next("pong");
        }
        awaitSessions(0);
    }

    @Test
    void clientsThatVanishLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 50; i++) {
            SessionReader session = SessionReader.open(server, SESSION, "demo-alice");
            session.next("area_of_interest");
            if (i % 2 == 0) {
                session.abort();
            } else {
                session.close();
            }
        }
        awaitSessions(0);
    }

    @Test
    void whatIsNoTextInUtf8ClosesTheSocket() throws Exception {
        for (int i = 0; i < 40; i++) {
            try (RawSession session = RawSession.open(server, SESSION, "demo-alice")) {
                session.send(new byte[] {(byte) 0xC3, (byte) 0x28});

                assertThat(session.rest().getLast().closeCode()).isEqualTo(1007);
            }
        }
        awaitSessions(0);
    }
}
