package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.nats.NatsServer;
import io.worldweave.nats.Overheard;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * Three nodes of the service on one PostgreSQL, with NATS between them: players on each, in one
 * world. Node one keeps events in JetStream. NATS comes only when all are ready. A node is killed
 * last.
 */
@Timeout(900)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NatsIT {
    private static final boolean LONG = Boolean.getBoolean("long");
    private static final int ACTS = LONG ? 5_000 : 100;
    private static final int FAULTS = LONG ? 50 : 5;

    /** What is promised; a machine that builds three things at once is given more time. */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(LONG ? 2 : 10);

    /** How long a node's word counts for who plays there; in full the default. */
    private static final Duration LEASE = Duration.ofSeconds(LONG ? 15 : 3);

    /** Four thirds of that are promised for players of a node that is killed. */
    private static final Duration NOTICED = LEASE.multipliedBy(4).dividedBy(3).plusSeconds(5);

    private static final String TICKS = "schedules/ticks.json";
    private static final String STATE = "/experiences/wylding-woods/state";
    private static final String ZONE = "/ws/experience?experience=wylding-woods";
    private static final String SESSION = "/ws/experience?experience=wylding-woods&view=world";
    private static final String EVENTS = "/experiences/wylding-woods/events";
    private static final String COMMANDS = "/experiences/wylding-woods/commands";

    private static Cluster cluster;
    private static NatsServer nats;
    private static RunningServer one;
    private static RunningServer two;
    private static RunningServer three;

    @BeforeAll
    static void start() throws Exception {
        cluster =
                Cluster.start(
                        Map.of("WORLDWEAVE_PRESENCE_LEASE", LEASE.toString()),
                        "jetstream",
                        "nats",
                        "nats");
        nats = cluster.nats;
        one = cluster.node(0);
        two = cluster.node(1);
        three = cluster.node(2);
        command(Client.of(two, "demo-bob"), "{\"message\":\"go to the window\"}");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** A player who watches the world on one node. */
    private record Player(SessionReplica replica, List<JsonObject> messages, SessionReader session)
            implements AutoCloseable {
        static Player on(RunningServer node, String key) {
            SessionReplica replica = new SessionReplica();
            List<JsonObject> messages = new CopyOnWriteArrayList<>();
            SessionReader session =
                    SessionReader.listen(
                            node,
                            SESSION,
                            key,
                            message -> {
                                messages.add(message);
                                replica.take(message);
                            });
            session.awaitOpen();
            await().until(() -> replica.version() >= 0);
            return new Player(replica, messages, session);
        }

        long heard(String event) {
            return messages.stream()
                    .filter(message -> message.text("event", "").equals(event))
                    .count();
        }

        void assertFollowed() throws Exception {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(replica.world()).isEqualTo(world()));
            assertThat(replica.gaps).hasValue(0);
            assertThat(replica.repetitions).hasValue(0);
            assertThat(replica.snapshots).hasValue(1);
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private static Object world() throws Exception {
        return Answers.json(Client.of(one, "demo-admin").get(STATE));
    }

    @Test
    void whatIsDoneOnEachNodeIsSeenOnBothAndNothingIsMissedOrRepeated() throws Exception {
        long before = number(nats, "out_msgs");
        try (Player alice = Player.on(one, "demo-alice");
                Player bob = Player.on(two, "demo-bob");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> acting = threads.submit(() -> act(one, "demo-alice", 1, ACTS));
            act(two, "demo-bob", 2, ACTS);
            acting.get();

            alice.assertFollowed();
            bob.assertFollowed();
            assertThat(alice.replica.world()).isEqualTo(bob.replica.world());
        }
        assertThat(number(nats, "out_msgs")).as("NATS carried it").isGreaterThan(before);
    }

    @Test
    void whatIsDoneOnOneOfThreeNodesIsSeenOnAllAndATurnIsStoppedOnAThird() throws Exception {
        try (Player here = Player.on(one, "demo-bob");
                Player there = Player.on(two, "demo-bob");
                Player elsewhere = Player.on(three, "demo-bob");
                EventReader turn = EventReader.say(one, "demo-alice", "tell me about the shop")) {
            String id = turn.next("metadata").data().text("conversation_id", "");
            act(three, "demo-alice", 1, 2);
            for (Player player : List.of(here, there, elsewhere)) {
                player.assertFollowed();
            }
            assertThat(Client.of(three, "demo-alice").post("/chat/" + id + "/stop", "{}").body())
                    .contains("\"stopped\":true");
            assertThat(turn.next("done").data().text("finish_reason", "")).isEqualTo("cancelled");
        }
    }

    @Test
    void aServerThatIsKilledPausedOrCutOffCostsNoCommitAndNoEvent() throws Exception {
        List<Fault> faults =
                List.of(
                        new Fault(nats::kill, nats::restart),
                        new Fault(nats::pause, nats::resume),
                        new Fault(cluster.cable::cut, cluster.cable::mend));
        AtomicBoolean over = new AtomicBoolean();
        List<Duration> late = new ArrayList<>();
        try (Player alice = Player.on(one, "demo-alice");
                Player bob = Player.on(two, "demo-bob");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> acting = threads.submit(() -> act(one, "demo-alice", 1, over));
            Future<?> other = threads.submit(() -> act(two, "demo-bob", 2, over));
            for (int i = 0; i < FAULTS; i++) {
                long head = head();
                disturb(faults.get(i % faults.size()), () -> head() > head + 10);
                long back = System.nanoTime();
                long told = head();
                await().atMost(CAUGHT_UP)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() ->
                                alice.replica.version() >= told && bob.replica.version() >= told);
                late.add(Duration.ofNanos(System.nanoTime() - back));
            }
            over.set(true);
            acting.get();
            other.get();

            alice.assertFollowed();
            bob.assertFollowed();
        }
        System.out.println("caught up after NATS was back: " + late);
    }

    @Test
    void whatAnotherProgramSaysReachesItsPlayerOnBothNodesAsItIsAndNobodyElse() throws Exception {
        try (Player here = Player.on(one, "demo-alice");
                Player there = Player.on(two, "demo-alice");
                Player bob = Player.on(two, "demo-bob")) {
            String subject = "world.updates.user.alice";
            await().untilAsserted(() ->
                    assertThat(nats.monitor("/connz?subs=1").split(subject, -1)).hasSize(3));
            say(subject, "{\"type\":\"world_update\",\"event\":\"first\",\"data\":{\"x\":[1]}}");
            say(subject, "no JSON");
            say(subject, "{\"type\":\"snapshot\",\"event\":\"forged\"}");
            say(subject, "{\"type\":\"world_update\",\"event\":\"forged\",\"base_version\":1}");
            say(subject, "{\"event\":\"forged\",\"long\":\"" + "x".repeat(70_000) + "\"}");
            say(subject, "{\"event\":\"last\"}");
            say("world.updates.user.*", "{\"event\":\"forged\"}");

            await().until(() -> here.heard("last") == 1 && there.heard("last") == 1);
            assertThat(here.heard("first")).isEqualTo(1);
            assertThat(there.heard("first")).isEqualTo(1);
            for (Player player : List.of(here, there, bob)) {
                assertThat(player.heard("forged")).isZero();
                player.assertFollowed();
            }
            assertThat(bob.heard("first") + bob.heard("last")).isZero();
            assertThat(one.get("/metrics?scope=application").body())
                    .containsPattern("worldweave_nats_garbage_total\\S* 4\\.0");
        }
        await().untilAsserted(() ->
                assertThat(nats.monitor("/connz?subs=1")).doesNotContain("world.updates.user"));
    }

    /** Node one keeps events, and the cursor of an event stream opens a session. */
    @Test
    void whoComesBackWithACursorIsToldOnceWhatOthersSaidMeanwhile() throws Exception {
        String subject = "world.updates.user.alice";
        String left;
        try (EventReader stream = EventReader.get(one, EVENTS, "demo-alice")) {
            stream.next("snapshot");
            await().until(() -> nats.monitor("/connz?subs=1").contains(subject));
            say(subject, "{\"event\":\"first\"}");
            left = String.valueOf(stream.next(event -> isEvent(event.data(), "first")).id());
        }
        say(subject, "{\"event\":\"second\"}");
        say("world.updates.user.bob", "{\"event\":\"another\"}");
        say(subject, "{\"event\":\"third\"}");

        String reached;
        try (EventReader again =
                EventReader.get(one, EVENTS, "demo-alice", "Last-Event-ID", left)) {
            assertThat(again.next().data().text("event", "")).isEqualTo("second");
            EventReader.Event third = again.next();
            assertThat(third.data().text("event", "")).isEqualTo("third");
            say(subject, "{\"event\":\"fourth\"}");
            reached = String.valueOf(again.next(event -> isEvent(event.data(), "fourth")).id());
        }
        say(subject, "{\"event\":\"fifth\"}");
        List<JsonObject> messages = new CopyOnWriteArrayList<>();
        try (SessionReader session =
                SessionReader.listen(
                        one, SESSION + "&cursor=" + reached, "demo-alice", messages::add)) {
            session.awaitOpen();
            await().until(() -> messages.stream().anyMatch(each -> isEvent(each, "fifth")));
            assertThat(messages).filteredOn(each -> each.has("event")).hasSize(1);
            assertThat(messages.getLast().text("cursor", "")).isNotEmpty();
        }
    }

    private static boolean isEvent(JsonObject message, String name) {
        return message.text("event", "").equals(name);
    }

    private static void say(String subject, String text) {
        nats.publish(subject, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatAPlayerDidIsCopiedToWhereOthersListenAndNoNodeTakesItForSaid() throws Exception {
        try (Overheard copies = Overheard.on(nats, "world.updates.user.*");
                Player there = Player.on(two, "demo-alice")) {
            act(one, "demo-alice", 1, 2);
            await().until(() -> copies.messages().size() >= 2);

            assertThat(copies.messages())
                    .allMatch(text -> text.contains("\"type\":\"world_update\""))
                    .allMatch(text -> text.contains("\"user_id\":\"alice\""));
            there.assertFollowed();
        }
    }

    @Test
    void aTurnIsSeenTakenUpAgainAndStoppedOnTheOtherNode() throws Exception {
        String id;
        try (EventReader here = EventReader.say(one, "demo-alice", "tell me about the shop")) {
            id = here.next("metadata").data().text("conversation_id", "");
            EventReader.Event before = firstWordsElsewhere(id);
            try (EventReader again =
                    EventReader.get(
                            two,
                            "/chat/" + id + "/events",
                            "demo-alice",
                            "Last-Event-ID",
                            String.valueOf(before.id()))) {
                String rest = text(again.rest());
                String whole = text(here.rest());
                assertThat(whole).endsWith(rest).isNotEqualTo(rest);
                assertThat(text(List.of(before)) + rest).isEqualTo(whole);
            }
        }
        assertThat(text(events(id).rest())).as("when it is over, too").isNotEmpty();

        try (EventReader here = EventReader.say(one, "demo-alice", "tell me about the shop")) {
            id = here.next("metadata").data().text("conversation_id", "");
            HttpResponse<String> stop =
                    Client.of(two, "demo-alice").post("/chat/" + id + "/stop", "{}");
            assertThat(stop.body()).contains("\"stopped\":true");
            assertThat(here.next("done").data().text("finish_reason", "")).isEqualTo("cancelled");
        }
        assertThat(Client.of(two, "demo-bob").post("/chat/" + id + "/stop", "{}").statusCode())
                .isEqualTo(403);
    }

    /** A turn may be some moments old before another node finds it. */
    private static EventReader.Event firstWordsElsewhere(String conversation) {
        AssertionError unknown = new AssertionError("never asked");
        for (int i = 0; i < 5; i++) {
            try (EventReader there = events(conversation)) {
                EventReader.Event first = there.next("content");
                there.next("content");
                return first;
            } catch (AssertionError notYet) {
                unknown = notYet;
            }
        }
        throw unknown;
    }

    private static EventReader events(String conversation) {
        return EventReader.get(two, "/chat/" + conversation + "/events", "demo-alice");
    }

    private static String text(List<EventReader.Event> events) {
        return events.stream()
                .filter(event -> event.type().equals("content"))
                .map(event -> event.data().text("content", ""))
                .collect(Collectors.joining());
    }

    @Test
    void nodesTellHowTheyAreAndAreReadyWithoutNats() throws Exception {
        assertThat(one.get("/health/ready").body()).containsPattern("\"connected\":\\s*true");
        nats.kill();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(one.get("/health/ready").body())
                                .containsPattern("\"connected\":\\s*false")
                                .contains("connection was lost"));
        assertThat(one.get("/health/ready").statusCode()).isEqualTo(200);
        nats.restart();
        try (Overheard health = Overheard.on(nats, "gaia.service.health")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> health.messages().size() >= 4);
            assertThat(health.messages())
                    .allMatch(text -> text.contains("\"status\":\"up\""))
                    .allMatch(text -> text.contains("\"service\":\"worldweave\""));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> Cluster.isWhole(one));
    }

    @Test
    void whatAScheduleDoesHappensOnceASecondAndNotOnEachNode() throws Exception {
        List<RunningServer> nodes = List.of(one, two, three);
        Client admin = Client.of(one, "demo-admin");
        admin.post("/experiences/wylding-woods/updates", "{\"ticks\":[]}");
        try {
            for (RunningServer node : nodes) {
                Files.createDirectories(ticksOf(node).getParent());
                Files.writeString(ticksOf(node), everySecond());
            }
            awaitEdits(nodes, 1);
            long begin = head();
            await().atMost(Duration.ofSeconds(30)).until(() -> ticksSince(begin).size() >= 5);

            assertThat(ticksSince(begin)).doesNotHaveDuplicates();
        } finally {
            for (RunningServer node : nodes) {
                Files.deleteIfExists(ticksOf(node));
            }
        }
        awaitEdits(nodes, 2);
    }

    private static Path ticksOf(RunningServer node) {
        return node.dataDirectory().resolve("experiences/wylding-woods").resolve(TICKS);
    }

    /** Each time adds the second of the minute: what happens twice adds the same one again. */
    private static String everySecond() {
        return IntStream.range(0, 60)
                .mapToObj(second -> "{\"merge\":{\"ticks\":{\"$append\":" + second + "}}}")
                .collect(Collectors.joining(",", "{\"every\":\"PT1S\",\"steps\":[", "]}"));
    }

    /** Waits until every node has read so many edits of the schedule. */
    private static void awaitEdits(List<RunningServer> nodes, int count) {
        for (RunningServer node : nodes) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            Client.of(node, "demo-admin")
                                            .get("/experiences/wylding-woods/edits")
                                            .body()
                                            .split(TICKS, -1)
                                            .length
                                    > count);
        }
    }

    /** Returns what the schedule added since a revision, one delta after another. */
    private static List<Json> ticksSince(long revision) throws Exception {
        JsonObject history =
                Answers.json(
                        Client.of(one, "demo-admin")
                                .get("/experiences/wylding-woods/history?since=" + revision));
        return elements(history, "deltas")
                .filter(delta -> delta.text("cause", "").equals("schedule:ticks"))
                .flatMap(delta -> elements(delta, "changes"))
                .map(change -> change.get("value"))
                .toList();
    }

    private static Stream<JsonObject> elements(JsonObject holder, String name) {
        return ((JsonArray) holder.get(name)).elements().stream().map(JsonObject.class::cast);
    }

    /** The last test: a node is gone. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whoPlayedOnANodeThatIsKilledHasLeftAndComesBackOnAnother() throws Exception {
        List<JsonObject> met = new CopyOnWriteArrayList<>();
        try (SessionReader alice =
                SessionReader.listen(
                        one,
                        ZONE,
                        "demo-alice",
                        message -> {
                            if (message.text("type", "").equals("presence")) {
                                met.add(message);
                            }
                        })) {
            alice.awaitOpen();
            try (SessionReader bob = SessionReader.open(two, ZONE, "demo-bob")) {
                bob.next("area_of_interest");
                await().atMost(NOTICED).until(() -> isLast(met, "join"));
                two.kill();
                await().atMost(NOTICED).until(() -> isLast(met, "leave"));
            }
            try (SessionReader bob = SessionReader.open(three, ZONE, "demo-bob")) {
                bob.next("area_of_interest");
                await().atMost(NOTICED).until(() -> isLast(met, "join"));
            }
            await().atMost(NOTICED).until(() -> isLast(met, "leave"));
        }
        assertThat(met)
                .allMatch(each -> each.text("user_id", "").equals("bob"))
                .allMatch(each -> each.text("zone_id", "").equals("woander_store"));
    }

    private static boolean isLast(List<JsonObject> met, String event) {
        return !met.isEmpty() && isEvent(met.getLast(), event);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** One way for NATS to be away, and for it to come back. */
    private record Fault(Runnable begin, Runnable end) {}

    /** NATS is away until commits were made all the same. */
    private static void disturb(Fault fault, Condition committed) {
        fault.begin().run();
        await().atMost(Duration.ofSeconds(30)).until(committed::holds);
        fault.end().run();
    }

    private static Void act(RunningServer node, String key, int bottle, int times)
            throws Exception {
        Client player = Client.of(node, key);
        for (int i = 0; i < times; i++) {
            takeOrDrop(player, bottle, i % 2 == 0);
        }
        return null;
    }

    private static Void act(RunningServer node, String key, int bottle, AtomicBoolean over)
            throws Exception {
        Client player = Client.of(node, key);
        boolean take = true;
        while (!over.get() || !take) {
            takeOrDrop(player, bottle, take);
            take = !take;
        }
        return null;
    }

    private static void takeOrDrop(Client player, int bottle, boolean take) throws Exception {
        command(
                player,
                "{\"type\":\"action\",\"action\":\"%s\",\"instance_id\":\"dream_bottle_%d\"}"
                        .formatted(take ? "collect_item" : "drop_item", bottle));
    }

    /** No commit fails, whatever becomes of NATS. */
    private static void command(Client player, String json)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = player.post(COMMANDS, json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"success\":true");
    }

    /** Returns the revision that changed the shared document last, as the store has it. */
    private static long head() throws IOException, InterruptedException {
        String tag = Client.of(one, "demo-admin").get(STATE).headers().firstValue("ETag").get();
        Matcher digits = Pattern.compile("(\\d+)\\D*$").matcher(tag);
        assertThat(digits.find()).as(tag).isTrue();
        return Long.parseLong(digits.group(1));
    }

    private static long number(NatsServer server, String name) {
        Matcher found =
                Pattern.compile("\"" + name + "\": (\\d+)").matcher(server.monitor("/varz"));
        assertThat(found.find()).as(name).isTrue();
        return Long.parseLong(found.group(1));
    }
}
