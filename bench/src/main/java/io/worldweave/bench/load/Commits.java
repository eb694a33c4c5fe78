package io.worldweave.bench.load;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.worldweave.bench.state.Layout;
import io.worldweave.database.DatabaseLimits;
import io.worldweave.database.DatabaseWorldStore;
import io.worldweave.database.PostgresServer;
import io.worldweave.database.PostgresSource;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writers that commit to one world, each as soon as its last commit is acknowledged: how many
 * commits a second, and how long each waits. Beside it what the disk takes to force as many bytes
 * without a store. The database is a PostgreSQL of its own on the same disk, with one node and with
 * two that share the writers.
 *
 * <p>Arguments: a folder to write in, and how many seconds each case takes.
 */
public final class Commits {
    private static final int[] WRITERS = {1, 8, 64};
    private static final int[] ITEMS = {1_000, 100_000};
    private static final int LINE_BYTES = 350;
    private static final Actor ACTOR = Actor.of(new UserId("bench"));

    private final String name;
    private final List<Node> nodes;
    private final Duration each;

    private Commits(String name, List<Node> nodes, Duration each) {
        this.name = name;
        this.nodes = nodes;
        this.each = each;
    }

    /** A service's part in it: its worlds, and what it does behind the commits. */
    private record Node(Worlds worlds, Runnable behind) {
        static Node of(WorldStore store, Runnable behind) {
            return new Node(
                    new Worlds(store, new LocalBus().join(), new StillTime(), LiveLimits.DEFAULT),
                    behind);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Duration each = Duration.ofSeconds(Long.parseLong(arguments[1]));
        System.out.println(
                "| store | items | writers | commits/s | p50 ms | p99 ms | longest ms |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        measureTheDisk(folder.resolve("forced"), each);
        try (FileWorldStore files = new FileWorldStore(folder.resolve("data"))) {
            new Commits("files", List.of(Node.of(files, files::writeBehind)), each).measure();
        }
        try (PostgresServer server = PostgresServer.start()) {
            measure("PostgreSQL", server, 1, each);
            measure("PostgreSQL, two nodes", server, 2, each);
        }
    }

    private static void measure(String name, PostgresServer server, int count, Duration each)
            throws InterruptedException {
        String url = server.url(server.newDatabase());
        List<HikariDataSource> pools = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(
                    PostgresSource.of(url, PostgresServer.USER, PostgresServer.PASSWORD));
            HikariDataSource pool = new HikariDataSource(config);
            pools.add(pool);
            DatabaseWorldStore store = new DatabaseWorldStore(pool, DatabaseLimits.STANDARD);
            nodes.add(Node.of(store, store::writeBehind));
        }
        new Commits(name, nodes, each).measure();
        pools.forEach(HikariDataSource::close);
    }

    private static void measureTheDisk(Path file, Duration each) throws IOException {
        Latencies latencies = new Latencies();
        byte[] line = "x".repeat(LINE_BYTES).getBytes(StandardCharsets.US_ASCII);
        long begun = System.nanoTime();
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            while (System.nanoTime() - begun < each.toNanos()) {
                long sent = System.nanoTime();
                out.write(line);
                out.getFD().sync();
                latencies.add(System.nanoTime() - sent);
            }
        }
        print("none, " + LINE_BYTES + " bytes forced", "", 1, latencies, each);
    }

    private void measure() throws InterruptedException {
        for (int items : ITEMS) {
            run(items, 8, new Latencies());
            for (int writers : WRITERS) {
                if (writers < nodes.size()) {
                    continue;
                }
                Latencies latencies = new Latencies();
                run(items, writers, latencies);
                print(name, Integer.toString(items), writers, latencies, each);
            }
        }
    }

    private void run(int items, int writers, Latencies all) throws InterruptedException {
        List<LiveWorld> worlds = new ArrayList<>();
        for (Node node : nodes) {
            worlds.add(
                    node.worlds()
                            .open(
                                    new WorldId.Shared(new ExperienceId("items-" + items)),
                                    () -> Layout.SPREAD.document(items)));
        }
        long until = System.nanoTime() + each.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            int at = i % nodes.size();
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                Latencies own =
                                        write(
                                                nodes.get(at).worlds(),
                                                worlds.get(at),
                                                items,
                                                writer,
                                                until);
                                synchronized (all) {
                                    all.addAll(own);
                                }
                            }));
        }
        nodes.forEach(
                node -> threads.add(Thread.ofPlatform().start(() -> tend(node.behind(), until))));
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Latencies write(
            Worlds worlds, LiveWorld world, int items, int writer, long until) {
        Latencies latencies = new Latencies();
        for (int i = 0; System.nanoTime() - until < 0; i++) {
            int item = (writer * 7_919 + i * 31) % items;
            Change change =
                    new Change.Replace(
                            Part.SHARED,
                            Layout.SPREAD.place(item, items).child("semantic_name"),
                            Json.of("bottle " + writer + " " + i));
            long sent = System.nanoTime();
            Commitment<String> made =
                    worlds.commit(
                            world, ACTOR, _ -> new Proposal<>(List.of(change), "bench", "made"));
            latencies.add(System.nanoTime() - sent);
            if (!(made instanceof Commitment.Made)) {
                throw new IllegalStateException("refused: " + made);
            }
        }
        return latencies;
    }

    /** Writes behind once a second, as the service does. */
    private static void tend(Runnable behind, long until) {
        try {
            while (System.nanoTime() - until < 0) {
                Thread.sleep(Duration.ofSeconds(1));
                behind.run();
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void print(
            String store, String items, int writers, Latencies latencies, Duration took) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.0f | %s | %s | %s |%n",
                store,
                items,
                writers,
                latencies.count() * 1e9 / took.toNanos(),
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.millis(1));
    }

    /** Time that passes, and in which nothing happens later. */
    private static final class StillTime implements Scheduler {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long unixMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return () -> {};
        }
    }
}
