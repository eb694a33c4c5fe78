package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long it takes until a player on another node reads what was done on the first, with each bus.
 * A load run: {@code bench/load nodes}.
 */
@Timeout(1_800)
class NodesLoad {
    private static final int ACTS = Integer.getInteger("acts", 10_000);
    private static final int WARM_UP = 1_000;
    private static final LoadRecord RECORD = new LoadRecord();

    /** A player whose reading of each update is timed. */
    private static final class Watch implements AutoCloseable {
        private final SessionReplica replica = new SessionReplica();
        private final Map<Integer, Long> read = new ConcurrentHashMap<>();
        private final SessionReader session;

        Watch(RunningServer node) {
            session =
                    SessionReader.listen(
                            node,
                            "/ws/experience?experience=wylding-woods&view=world",
                            "demo-bob",
                            this::take);
            session.awaitOpen();
            await().until(() -> replica.version() >= 0);
        }

        private void take(JsonObject message) {
            long now = System.nanoTime();
            replica.take(message);
            if (message.has("changes")) {
                read.put(replica.updates.get(), now);
            }
        }

        /** Returns when that update was read. */
        long awaitUpdate(int number) {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> read.containsKey(number));
            return Objects.requireNonNull(read.remove(number));
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "in process (one node),local",
        "NATS core,nats:nats",
        "JetStream,jetstream:jetstream"
    })
    void everybodyReadsWhatIsDone(String name, String buses) throws Exception {
        try (Cluster cluster = Cluster.start(Map.of(), buses.split(":"))) {
            RunningServer here = cluster.node(0);
            RunningServer there = cluster.node(buses.split(":").length - 1);
            Client alice = Client.of(here, "demo-alice");
            try (Watch near = new Watch(here);
                    Watch far = new Watch(there)) {
                for (int i = 0; i < WARM_UP; i++) {
                    act(alice, i);
                    far.awaitUpdate(i + 1);
                }
                List<Long> own = new ArrayList<>();
                List<Long> others = new ArrayList<>();
                List<Long> between = new ArrayList<>();
                for (int i = 0; i < ACTS; i++) {
                    int next = WARM_UP + i + 1;
                    long sent = System.nanoTime();
                    act(alice, i);
                    long nearby = near.awaitUpdate(next);
                    long faraway = far.awaitUpdate(next);
                    own.add(nearby - sent);
                    others.add(faraway - sent);
                    between.add(faraway - nearby);
                }
                RECORD.add(name + ": sent → read on its node", own);
                RECORD.add(name + ": sent → read on the other", others);
                RECORD.add(name + ": read on its node → on the other", between);
                assertThat(far.replica.world()).isEqualTo(near.replica.world());
                assertThat(far.replica.gaps.get() + near.replica.gaps.get()).isZero();
                assertThat(far.replica.repetitions.get() + near.replica.repetitions.get()).isZero();
            }
        }
    }

    /** Takes a bottle or puts it back. */
    private static void act(Client player, int number) throws Exception {
        HttpResponse<String> answer =
                player.post(
                        "/experiences/wylding-woods/commands",
                        "{\"type\":\"action\",\"action\":\"%s\",\"instance_id\":\"dream_bottle_1\"}"
                                .formatted(number % 2 == 0 ? "collect_item" : "drop_item"));
        assertThat(answer.body()).contains("\"success\":true");
    }

    @AfterAll
    static void write() throws Exception {
        RECORD.write(
                "One player acts over HTTP, one thing after the other; another reads each update on a session.",
                "The store is PostgreSQL, which each action waits for. 0 gaps, 0 repetitions, both read the same world.");
    }
}
