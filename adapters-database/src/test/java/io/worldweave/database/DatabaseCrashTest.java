package io.worldweave.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.HistoryCheck;
import io.worldweave.domain.store.HistoryCheck.Violation;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * I1: PostgreSQL is killed while two nodes write to one world and read it, and nothing is lost,
 * added, doubled, left out or otherwise than somebody was told or saw. Who was not told asks again
 * under the same key.
 */
final class DatabaseCrashTest {
    private static final int KILLS = Boolean.getBoolean("long") ? 500 : 5;
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final UserId WRITER = new UserId("writer");
    private static final int WRITERS = 3;

    /** More than a round makes, so that each delta can be checked after it. */
    private static final DatabaseLimits LIMITS =
            new DatabaseLimits(4_096, 16L * 1024 * 1024, Duration.ZERO, Duration.ofSeconds(5));

    private final PostgresServer server = PostgresServer.start();
    private final HikariDataSource source = TestSource.pool(server.url(server.newDatabase()));
    private final HistoryCheck check = new HistoryCheck(DatabaseCrashTest::markOf);
    private final long seed = Long.getLong("seed", 1);
    private volatile boolean over;

    @AfterEach
    void stop() {
        source.close();
        server.close();
    }

    private static String markOf(Delta delta) {
        Receipt receipt = delta.receipt();
        return receipt == null ? delta.cause() : receipt.key().text();
    }

    @Test
    void whatWasAcknowledgedOutlivesTheServer() throws Exception {
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            killAmidWork(kill, random);
            if (kill % 50 == 0 || kill == KILLS) {
                System.out.printf(
                        "PostgreSQL killed: %d times, %d commits acknowledged, %d kept: %s%n",
                        kill, check.acknowledged(), check.kept(), check);
            }
        }

        assertThat(check.examples()).as("seed %d", seed).isEmpty();
        assertThat(check).hasToString("0 lost, 0 phantom, 0 gap, 0 duplicate, 0 diverged");
        assertThat(check.acknowledged()).isPositive();
    }

    @Test
    void aServerThatDoesNotForceWhatItCommitsIsFoundOut() throws Exception {
        server.execute("alter system set synchronous_commit = off");
        server.execute("alter system set wal_writer_delay = '10s'");
        server.execute("select pg_reload_conf()");
        Random random = new Random(seed);
        // a commit may be written for other reasons
        for (int kill = 1; kill <= 10 && check.count(Violation.LOST) == 0; kill++) {
            killAmidWork(kill, random);
        }

        assertThat(check.count(Violation.LOST)).as(check.toString()).isPositive();
    }

    /** Lets all write and read, kills the server, and checks what is there afterwards. */
    private void killAmidWork(int number, Random random) throws Exception {
        over = false;
        List<Node> nodes = List.of(new Node("one"), new Node("two"));
        List<Future<?>> working = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Node node : nodes) {
                working.add(threads.submit(node::read));
                for (int writer = 0; writer < WRITERS; writer++) {
                    String name = node.name + "-" + writer + "-" + number;
                    working.add(threads.submit(() -> node.write(name)));
                }
            }
            Thread.sleep(20 + random.nextInt(150));
            server.kill();
            server.restart();
            Thread.sleep(random.nextInt(50));
            over = true;
            for (Future<?> each : working) {
                each.get();
            }
        } finally {
            nodes.forEach(node -> node.store.close());
        }
        try (DatabaseWorldStore fresh = new DatabaseWorldStore(source, LIMITS)) {
            check.found(fresh.open(WORLD, () -> JsonObject.EMPTY));
        }
    }

    private static Delta delta(long base, IdempotencyKey key) {
        return TestDeltas.putOnce(base, key, "place-" + base % 7, Json.of(base + 1));
    }

    private synchronized void asked(String mark) {
        check.asked(mark);
    }

    private synchronized void told(String mark, long revision) {
        check.told(mark, revision);
    }

    private synchronized void saw(String mark, long revision) {
        check.saw(mark, revision);
    }

    /** A service, which goes on when its database does not. */
    private final class Node {
        private final String name;
        private final DatabaseWorldStore store = new DatabaseWorldStore(source, LIMITS);
        private Position read;

        Node(String name) {
            this.name = name;
            read = store.open(WORLD, () -> JsonObject.EMPTY).head().position();
        }

        /**
         * Commits one thing after another, each until it is told that it is there, or all is over.
         */
        void write(String writer) {
            for (int i = 0; !over; i++) {
                String mark = writer + "-" + i;
                asked(mark);
                while (!isCommitted(mark) && !over) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }

        private boolean isCommitted(String mark) {
            IdempotencyKey key = new IdempotencyKey(WRITER, mark);
            try {
                Receipt receipt = store.receipts(WORLD, Set.of(key)).get(key);
                if (receipt != null) {
                    told(mark, ((JsonNumber) receipt.answer().get("value")).value().longValue());
                    return true;
                }
                Position known = store.position(WORLD);
                Outcome outcome =
                        store.commitInTurn(
                                WORLD,
                                known,
                                missed -> List.of(delta(known.revision() + missed.size(), key)));
                if (outcome instanceof Outcome.Committed(Position at)) {
                    told(mark, at.revision());
                    return true;
                }
                return false;
            } catch (StoreUnavailableException unknown) {
                return false;
            }
        }

        /** Takes what is new, as a reader does. */
        void read() {
            while (!over) {
                LockSupport.parkNanos(1_000_000);
                try {
                    if (store.since(WORLD, read) instanceof Since.Deltas(List<Delta> deltas)) {
                        for (Delta delta : deltas) {
                            saw(markOf(delta), delta.revision());
                            read = read.at(delta.revision());
                        }
                    }
                } catch (StoreUnavailableException away) {
                    // it comes back
                }
            }
        }
    }
}
