package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.app.EventReader.Event;
import io.worldweave.domain.json.JsonObject;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The persistent stream over HTTP, as a browser's {@code EventSource} would use it (I2, I3, I6,
 * I9).
 */
@Timeout(90)
@ResourceLock(RunningServer.SHARED)
class EventStreamIT {
    private static final String EVENTS = "/experiences/wylding-woods/events";
    private static RunningServer server;

    @BeforeAll
    static void begin() throws Exception {
        server = RunningServer.sharedAnew();
    }

    private static void update(String json) throws Exception {
        var answer =
                Client.of(server, "demo-admin").post("/experiences/wylding-woods/updates", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static long version(Event event, String name) {
        return Long.parseLong(String.valueOf(event.data().get(name)));
    }

    @Test
    void aSnapshotComesFirstThenEveryDeltaInAnUnbrokenChain() throws Exception {
        try (EventReader stream = EventReader.get(server, EVENTS, "demo-bob")) {
            Event snapshot = stream.next();
            assertThat(snapshot.type()).isEqualTo("snapshot");
            assertThat(snapshot.data().object("world").has("locations")).isTrue();
            assertThat(snapshot.data().object("player").has("inventory")).isTrue();
            long version = version(snapshot, "snapshot_version");
            for (int i = 0; i < 20; i++) {
                update("{\"weather\":\"" + i + "\"}");
                Event update = stream.next("world_update");
                assertThat(version(update, "base_version")).isEqualTo(version);
                version = version(update, "snapshot_version");
            }
        }
    }

    @Test
    void aZoneViewShowsTheZoneWhereThePlayerIsAndTheOtherOneWhenThePlayerGoesThere()
            throws Exception {
        Client bob = Client.of(server, "demo-bob");
        String command = "/experiences/wylding-woods/commands";
        bob.post(command, "{\"action\":\"go\",\"destination\":\"woander_store\"}");
        try (EventReader stream = EventReader.get(server, EVENTS + "?view=zone", "demo-bob")) {
            Event shop = stream.next();
            assertThat(shop.type()).isEqualTo("area_of_interest");
            assertThat(shop.data().object("zone").text("id")).isEqualTo("woander_store");
            assertThat(shop.data().object("areas").has("counter")).isTrue();
            assertThat(shop.data().object("player").has("inventory")).isTrue();
            update("{\"locations.waypoint_28a.weather\":\"mist\"}");
            update("{\"locations.woander_store.weather\":\"dust\"}");
            Event dust = stream.next("world_update");
            assertThat(dust.data().toString()).contains("dust").doesNotContain("mist");
            assertThat(version(dust, "base_version")).isEqualTo(version(shop, "snapshot_version"));

            bob.post(command, "{\"action\":\"go\",\"destination\":\"waypoint_28a\"}");

            Event clearing = stream.next("area_of_interest");
            assertThat(clearing.data().object("zone").text("weather")).isEqualTo("mist");
            bob.post(command, "{\"action\":\"go\",\"destination\":\"woander_store\"}");
        }
    }

    @Test
    void aBrowserCannotSetHeadersAndSendsItsKeyAndItsPlaceInTheAddress() throws Exception {
        String cursor;
        try (EventReader stream = EventReader.get(server, EVENTS + "?token=demo-bob", "demo-bob")) {
            stream.next("snapshot");
            cursor = stream.lastId();
        }
        update("{\"missed\":1}");
        update("{\"missed\":2}");
        try (EventReader header =
                        EventReader.get(server, EVENTS, "demo-bob", "Last-Event-ID", cursor);
                EventReader query =
                        EventReader.get(server, EVENTS + "?lastEventId=" + cursor, "demo-bob")) {
            for (EventReader again : List.of(header, query)) {
                assertThat(again.next().data().toString())
                        .contains("\"path\":\"world.missed\",\"value\":1");
                assertThat(again.next().data().toString())
                        .contains("\"path\":\"world.missed\",\"value\":2");
            }
        }
    }

    @Test
    void somebodyElsesPlaceOrAnUnreadableOneBeginsAnew() {
        String cursor;
        try (EventReader stream = EventReader.get(server, EVENTS, "demo-alice")) {
            stream.next("snapshot");
            cursor = stream.lastId();
        }
        for (String place : List.of(cursor, "nonsense", cursor.substring(1))) {
            try (EventReader stream =
                    EventReader.get(server, EVENTS, "demo-bob", "Last-Event-ID", place)) {
                assertThat(stream.next().type()).isEqualTo("snapshot");
            }
        }
    }

    @Test
    void anOlderClientIsToldInItsVersion() throws Exception {
        try (EventReader stream = EventReader.get(server, EVENTS + "?version=0.3", "demo-bob")) {
            stream.next("snapshot");
            update("{\"older\":true}");
            JsonObject update = stream.next("world_update").data();

            assertThat(update.text("version")).isEqualTo("0.3");
            assertThat(update.has("base_version")).isFalse();
            assertThat(update.object("changes").has("world.older")).isTrue();
        }
    }

    @Test
    void aSilentStreamShowsThatItLives() {
        try (EventReader stream = EventReader.get(server, EVENTS, "demo-bob")) {
            stream.next("snapshot");
            stream.awaitComment();
            stream.awaitComment();
        }
    }

    @Test
    void aClientThatReadsNothingHoldsUpNobody() throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try (EventReader healthy = EventReader.get(server, EVENTS, "demo-bob")) {
            healthy.next("snapshot");
            for (int i = 0; i < 20; i++) {
                stalled.add(stall());
            }
            String large = "x".repeat(30_000);
            for (int i = 0; i < 200; i++) {
                update("{\"flood\":\"" + i + large + "\"}");
                assertThat(healthy.next("world_update").data().toString()).contains("\"" + i + "x");
            }
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static Socket stall() throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("localhost", server.uri().getPort()));
        OutputStream out = socket.getOutputStream();
        out.write(
                ("GET " + EVENTS + " HTTP/1.1\r\nHost: localhost\r\nx-api-key: demo-bob\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    @Test
    void streamsThatEndLeaveNothingBehind() throws Exception {
        double before = openStreams();
        List<EventReader> streams = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            EventReader stream =
                    EventReader.get(server, EVENTS, i % 2 == 0 ? "demo-bob" : "demo-alice");
            stream.next("snapshot");
            streams.add(stream);
        }
        assertThat(openStreams()).isGreaterThanOrEqualTo(30);
        streams.forEach(EventReader::close);

        await().atMost(Duration.ofSeconds(30)).until(() -> openStreams() <= before);
    }

    private static double openStreams() throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("worldweave_streams_open"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anIsolatedWorldIsItsPlayersAlone() throws Exception {
        try (EventReader alice =
                        EventReader.get(server, "/experiences/lantern-room/events", "demo-alice");
                EventReader bob =
                        EventReader.get(server, "/experiences/lantern-room/events", "demo-bob")) {
            for (EventReader reader : List.of(alice, bob)) {
                assertThat(reader.next("snapshot").data().object("world").toString())
                        .contains("storm_lantern_1");
            }
            var answer =
                    Client.of(server, "demo-alice")
                            .post(
                                    "/experiences/lantern-room/commands",
                                    "{\"message\":\"take the storm lantern\"}");
            assertThat(Answers.json(answer).flag("success", false)).as(answer.body()).isTrue();
            alice.next(EventStreamIT::isOfAPlayer);
            Client.of(server, "demo-bob")
                    .post(
                            "/experiences/lantern-room/commands",
                            "{\"message\":\"take the storm lantern\"}");

            assertThat(bob.next(EventStreamIT::isOfAPlayer).data().text("user_id"))
                    .isEqualTo("bob");
        }
    }

    /** The world acts there, too. */
    private static boolean isOfAPlayer(Event event) {
        return event.type().equals("world_update") && event.data().text("user_id") != null;
    }
}
