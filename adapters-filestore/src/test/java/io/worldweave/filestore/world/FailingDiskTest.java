package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real write that fails: the operating system lets the process make no file larger. */
final class FailingDiskTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final WorldId OTHER = new WorldId.Shared(new ExperienceId("meadow"));
    private static final int KIBIBYTES = 8;

    @TempDir Path data;

    /** Commits until the disk fails and then says what still answers, and when all does again. */
    static final class Child {
        private static final JournalLimits LIMITS =
                new JournalLimits(FileWorldStore.HISTORY_LIMIT, Line.BYTES_LIMIT);

        private Child() {}

        public static void main(String[] arguments) throws Exception {
            AtomicLong nanos = new AtomicLong();
            FileWorldStore store = new FileWorldStore(Path.of(arguments[0]), LIMITS, nanos::get);
            Position other = head(store.open(OTHER, () -> JsonObject.EMPTY)).position();
            Position at = head(store.open(WORLD, () -> JsonObject.EMPTY)).position();
            while (commits(store, at)) {
                at = at.at(at.revision() + 1);
            }
            Path folder = Path.of(arguments[0], "worlds/garden");
            Path journal = folder.resolve("journal-0000000000000000000.jsonl");
            byte[] left = Files.readAllBytes(journal);
            System.out.println("acknowledged " + at.revision());
            System.out.println("a commit answers " + commits(store, at));
            store.commit(OTHER, other, run(0, 1, "gate"));
            System.out.println("another world is at " + store.position(OTHER).revision());
            System.out.println("unavailable " + store.unavailableCount());

            Path away = folder.resolveSibling("away");
            Files.move(folder, away);
            nanos.addAndGet(Outage.PAUSE.toNanos());
            System.out.println("without its files " + commits(store, at));
            Files.move(away, folder);
            nanos.addAndGet(Outage.PAUSE.toNanos() - 1);
            System.out.println("before the pause is over " + commits(store, at));
            nanos.addAndGet(1);
            System.out.println("after it " + commits(store, at));
            System.out.println("then unavailable " + store.unavailableCount());
            System.out.println(
                    "since then "
                            + store.since(WORLD, at.at(0))
                                    .equals(
                                            new Since.Deltas(
                                                    run(0, (int) at.revision() + 1, "gate"))));
            System.out.println(
                    "written to again " + !Arrays.equals(Files.readAllBytes(journal), left));

            at = at.at(at.revision() + 1);
            while (commits(store, at)) {
                at = at.at(at.revision() + 1);
            }
            System.out.println("acknowledged then " + at.revision());
            nanos.addAndGet(Outage.PAUSE.toNanos());
            store.writeBehind();
            System.out.println("after writing behind unavailable " + store.unavailableCount());
            store.close();
        }

        private static boolean commits(FileWorldStore store, Position at) {
            try {
                return store.commit(WORLD, at, run(at.revision(), 1, "gate"))
                        instanceof Outcome.Committed;
            } catch (StoreUnavailableException _) {
                return false;
            }
        }
    }

    @Test
    void aWorldWhoseDiskFailedLosesNothingAndGoesOnInANewFileAfterAPause() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process child =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                "ulimit -f " + KIBIBYTES + " && exec \"$0\" \"$@\"",
                                java,
                                "-XX:-UsePerfData",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> said =
                new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
        assertThat(child.waitFor()).isZero();

        long acknowledged = number(said, "acknowledged ");
        long later = number(said, "acknowledged then ");
        assertThat(said)
                .containsExactly(
                        "acknowledged " + acknowledged,
                        "a commit answers false",
                        "another world is at 1",
                        "unavailable 1",
                        "without its files false",
                        "before the pause is over false",
                        "after it true",
                        "then unavailable 0",
                        "since then true",
                        "written to again false",
                        "acknowledged then " + later,
                        "after writing behind unavailable 0");
        assertThat(acknowledged).isPositive();
        assertThat(later).isGreaterThan(acknowledged + 1);
        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(head(store.open(WORLD, () -> JsonObject.EMPTY)).revision()).isEqualTo(later);
        }
        try (Stream<Path> files = Files.list(data.resolve("worlds/garden"))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "world.json",
                            "journal-%019d.jsonl".formatted(0),
                            "journal-%019d.jsonl".formatted(acknowledged),
                            "journal-%019d.jsonl".formatted(later));
        }
    }

    private static long number(List<String> said, String what) {
        return said.stream()
                .filter(line -> line.matches(what + "[0-9]+"))
                .mapToLong(line -> Long.parseLong(line.substring(what.length())))
                .findFirst()
                .orElseThrow();
    }
}
