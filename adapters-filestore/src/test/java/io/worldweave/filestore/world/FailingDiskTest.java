package io.worldweave.filestore.world;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real write that fails: the operating system lets the process make no file larger. */
final class FailingDiskTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    private static final WorldId OTHER = new WorldId.Shared(new ExperienceId("meadow"));
    private static final int KIBIBYTES = 8;

    @TempDir Path data;

    /** Commits until the disk fails and then says what still answers. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            FileWorldStore store = new FileWorldStore(Path.of(arguments[0]));
            Position other = head(store.open(OTHER, () -> JsonObject.EMPTY)).position();
            Position at = head(store.open(WORLD, () -> JsonObject.EMPTY)).position();
            while (answers(store, at)) {
                at = at.at(at.revision() + 1);
            }
            Path journal = Path.of(arguments[0], "worlds/garden/journal-0000000000000000000.jsonl");
            long length = Files.size(journal);
            System.out.println("acknowledged " + at.revision());
            System.out.println("a commit answers " + answers(store, at));
            System.out.println("written to again " + (Files.size(journal) != length));
            store.commit(OTHER, other, run(0, 1, "gate"));
            System.out.println("another world is at " + store.position(OTHER).revision());
            store.close();
        }

        private static boolean answers(FileWorldStore store, Position at) {
            try {
                store.commit(WORLD, at, run(at.revision(), 1, "gate"));
                return true;
            } catch (StoreUnavailableException _) {
                return false;
            }
        }
    }

    @Test
    void aWorldWhoseDiskFailedAcknowledgesNothingMoreAndLosesNothing() throws Exception {
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

        assertThat(said)
                .hasSize(4)
                .contains(
                        "a commit answers false",
                        "written to again false",
                        "another world is at 1");
        long acknowledged = Long.parseLong(said.getFirst().substring("acknowledged ".length()));
        assertThat(acknowledged).isPositive();
        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(head(store.open(WORLD, () -> JsonObject.EMPTY)).revision())
                    .isEqualTo(acknowledged);
        }
    }
}
