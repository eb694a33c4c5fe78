package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.app.EventReader.Event;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.HistoryCheck;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole service is killed at random while clients write and a stream is read, and started
 * again: clients repeat under the same key what was not answered, and the stream is taken up again.
 */
class ServerCrashIT {
    private static final int KILLS = Boolean.getBoolean("long") ? 500 : 5;
    private static final int WRITERS = 4;
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("wylding-woods"));
    private static final String UPDATES = "/experiences/wylding-woods/updates";
    private static final String EVENTS = "/experiences/wylding-woods/events";
    private static final Pattern MARK = Pattern.compile("crash-\\d+-\\d+");

    private final HistoryCheck check = new HistoryCheck(ServerCrashIT::markOf);
    private final int[] next = new int[WRITERS];
    @TempDir Path folder;
    private @Nullable String cursor;
    private long reached;
    private int broken;

    /** What the service does by itself bears no key. */
    private static String markOf(Delta delta) {
        Receipt receipt = delta.receipt();
        return receipt == null ? delta.cause() + " at " + delta.revision() : receipt.key().text();
    }

    @Test
    void aServiceThatIsKilledAtAnyTimeLosesNothingAndDoesNothingTwice() throws Exception {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        try (RunningServer server = RunningServer.start()) {
            server.restart();
            for (int kill = 1; kill <= KILLS; kill++) {
                runAndKill(server, 1 + random.nextInt(80));
                checkCopy(server.dataDirectory(), folder.resolve(Integer.toString(kill)));
                if (kill % 25 == 0 || kill == KILLS) {
                    System.out.printf(
                            "server killed: %d kills, %d commits acknowledged, %d kept: %s,"
                                    + " %d breaks in the stream%n",
                            kill, check.acknowledged(), check.kept(), check, broken);
                }
                if (kill < KILLS) {
                    server.restart();
                }
            }
        }

        assertThat(check.examples()).as("seed %d", seed).isEmpty();
        assertThat(check).hasToString("0 lost, 0 phantom, 0 gap, 0 duplicate, 0 diverged");
        assertThat(check.acknowledged()).isGreaterThan(KILLS);
        assertThat(broken).as("steps of the stream that did not follow the one before").isZero();
    }

    /** Lets clients write until so many commits were acknowledged, and kills the service then. */
    private void runAndKill(RunningServer server, int commits) throws InterruptedException {
        CountDownLatch acknowledged = new CountDownLatch(commits);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            clients.add(Thread.ofPlatform().start(() -> write(server, writer, acknowledged)));
        }
        clients.add(Thread.ofPlatform().start(() -> read(server)));
        acknowledged.await();
        server.kill();
        for (Thread client : clients) {
            client.join();
        }
    }

    /** Writes until the service does not answer; what was not answered is repeated next time. */
    private void write(RunningServer server, int writer, CountDownLatch acknowledged) {
        while (true) {
            String mark = "crash-" + writer + "-" + next[writer];
            synchronized (check) {
                check.asked(mark);
            }
            try {
                HttpResponse<String> answer =
                        Client.of(server, "demo-admin")
                                .with("Idempotency-Key", "\"" + mark + "\"")
                                .post(
                                        UPDATES,
                                        "{\"crash\":{\"writer-%d\":\"%s\"}}"
                                                .formatted(writer, mark));
                if (answer.statusCode() != 200) {
                    throw new AssertionError(answer.body());
                }
                synchronized (check) {
                    check.told(mark, number(Answers.json(answer), "revision"));
                }
                next[writer]++;
                acknowledged.countDown();
            } catch (IOException killed) {
                return;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    /** Reads the stream, from where it was, until the service is killed. */
    private void read(RunningServer server) {
        String[] headers = cursor == null ? new String[0] : new String[] {"Last-Event-ID", cursor};
        try (EventReader stream = EventReader.get(server, EVENTS, "demo-bob", headers)) {
            Event event;
            while ((event = stream.next()) != null) {
                note(event);
            }
        } catch (UncheckedIOException killed) {
            // It goes on when the service is there again.
        }
    }

    private void note(Event event) {
        if (event.id() == null) {
            return;
        }
        cursor = event.id();
        long version = number(event.data(), "snapshot_version");
        if (event.type().equals("world_update")) {
            long base = number(event.data(), "base_version");
            broken += base == reached ? 0 : 1;
            Matcher mark = MARK.matcher(event.data().toString());
            if (version == base + 1 && mark.find()) {
                synchronized (check) {
                    check.saw(mark.group(), version);
                }
            }
        } else if (reached > 0) {
            broken++;
        }
        reached = version;
    }

    private static long number(JsonObject object, String name) {
        return object.get(name) instanceof JsonNumber number ? number.value().longValueExact() : -1;
    }

    private void checkCopy(Path data, Path copy) throws IOException {
        String world = "worlds/wylding-woods";
        Files.createDirectories(copy.resolve(world));
        try (Stream<Path> files = Files.list(data.resolve(world))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(world).resolve(String.valueOf(file.getFileName())));
            }
        }
        try (FileWorldStore store = new FileWorldStore(copy)) {
            History history = store.open(WORLD, () -> JsonObject.EMPTY);
            history.deltas().stream()
                    .filter(delta -> delta.receipt() == null)
                    .forEach(delta -> check.asked(markOf(delta)));
            check.found(history);
        }
    }
}
