package io.worldweave.bench.load;

import io.worldweave.bench.state.Layout;
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
 * without a store.
 *
 * <p>Arguments: a folder to write in, and how many seconds each case takes.
 */
public final class Commits {
    private static final int[] WRITERS = {1, 8, 64};
    private static final int[] ITEMS = {1_000, 100_000};
    private static final int LINE_BYTES = 350;
    private static final Actor ACTOR = Actor.of(new UserId("bench"));

    private final WorldStore store;
    private final Runnable tend;
    private final Duration each;

    private Commits(WorldStore store, Runnable tend, Duration each) {
        this.store = store;
        this.tend = tend;
        this.each = each;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Duration each = Duration.ofSeconds(Long.parseLong(arguments[1]));
        System.out.println(
                "| store | items | writers | commits/s | p50 ms | p99 ms | longest ms |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        measureTheDisk(folder.resolve("forced"), each);
        try (FileWorldStore files = new FileWorldStore(folder.resolve("data"))) {
            new Commits(files, files::writeBehind, each).measure("files");
        }
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

    private void measure(String name) throws InterruptedException {
        Worlds worlds =
                new Worlds(store, new LocalBus().join(), new StillTime(), LiveLimits.DEFAULT);
        for (int items : ITEMS) {
            LiveWorld world =
                    worlds.open(
                            new WorldId.Shared(new ExperienceId("items-" + items)),
                            () -> Layout.SPREAD.document(items));
            run(worlds, world, items, 8, new Latencies());
            for (int writers : WRITERS) {
                Latencies latencies = new Latencies();
                run(worlds, world, items, writers, latencies);
                print(name, Integer.toString(items), writers, latencies, each);
            }
        }
    }

    private void run(Worlds worlds, LiveWorld world, int items, int writers, Latencies all)
            throws InterruptedException {
        long until = System.nanoTime() + each.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int writer = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                Latencies own = write(worlds, world, items, writer, until);
                                synchronized (all) {
                                    all.addAll(own);
                                }
                            }));
        }
        threads.add(Thread.ofPlatform().start(() -> tend(until)));
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
    private void tend(long until) {
        try {
            while (System.nanoTime() - until < 0) {
                Thread.sleep(Duration.ofSeconds(1));
                tend.run();
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
