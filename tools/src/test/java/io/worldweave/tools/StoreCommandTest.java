package io.worldweave.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.store.TestDeltas;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a data directory, as an operator calls them. */
final class StoreCommandTest {
    private static final String JOURNAL = "worlds/garden/journal-0000000000000000000.jsonl";

    @TempDir Path data;

    @BeforeEach
    void play() {
        try (FileWorldStore store = new FileWorldStore(data)) {
            Played.into(store);
        }
    }

    private void damage() throws IOException {
        byte[] bytes = Files.readAllBytes(data.resolve(JOURNAL));
        bytes[bytes.length / 2] ^= 1;
        Files.write(data.resolve(JOURNAL), bytes);
    }

    @Test
    void whoAsksForHelpGetsIt() {
        assertThat(Run.of("--help").out())
                .contains("check", "repair", "compact", "export", "import", "Exit status:");
        for (String command : new String[] {"check", "repair", "compact", "export", "import"}) {
            Run help = Run.of(command, "--help");
            assertThat(help.status()).isZero();
            assertThat(help.out()).contains("Usage: worldweave-store " + command);
        }
    }

    @Test
    void whatIsNotUnderstoodIsExplained() {
        assertThat(Run.of("mend").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Run.of("check", "--data", data, "meadow").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(Run.of("check", "--data", data, "meadow").err()).contains("no world meadow");
    }

    @Test
    void aWholeDirectoryHasNoFindings() {
        Run run = Run.of("check", "--data", data);

        assertThat(run.out()).contains("3 world(s) checked, 0 finding(s)");
        assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void damageIsShownWithWorldFileLineByteAndReason() throws Exception {
        damage();

        Run run = Run.of("check", "--data", data);

        assertThat(run.status()).isEqualTo(ExitStatus.WRONG);
        assertThat(run.out())
                .containsPattern(
                        "garden: damaged: "
                                + JOURNAL
                                + ": line [0-9]+ \\(byte [0-9]+\\): the checksum does not match");
        assertThat(Run.of("check", "--data", data, "profile/alice@example.com").status()).isZero();
        assertThat(Run.of("check", "--data", data, "--json").out())
                .contains("\"kind\": \"damaged\"", "\"byte\": ", "\"worlds\": 3");
    }

    @Test
    void whatNobodyCanProveIsSaidAndStays() throws Exception {
        damage();
        byte[] damaged = Files.readAllBytes(data.resolve(JOURNAL));

        Run run = Run.of("repair", "--data", data, "--yes");

        assertThat(run.status()).isEqualTo(ExitStatus.WRONG);
        assertThat(run.out()).contains("cannot be proved, and stays: garden: damaged");
        assertThat(Files.readAllBytes(data.resolve(JOURNAL))).isEqualTo(damaged);
    }

    @Test
    void aRepairIsShownFirstAndDoneIfItIsWanted() throws Exception {
        Path copy = data.resolve("worlds/garden/world.json");
        Files.writeString(copy, "edited");

        Run dry = Run.of("repair", "--data", data, "--dry-run");
        assertThat(dry.out()).contains("worlds/garden/world.json: written anew", "1 step(s)");
        assertThat(dry.status()).isEqualTo(ExitStatus.WRONG);
        assertThat(Run.of("repair", "--data", data).err()).contains("--yes or --dry-run");
        assertThat(copy).hasContent("edited");

        assertThat(Run.of("repair", "--data", data, "--yes").status()).isEqualTo(ExitStatus.DONE);
        assertThat(copy).content().contains("\"season\": \"autumn\"");
        assertThat(Run.of("check", "--data", data).status()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void compactingMakesJournalsShorterAndChangesNoWorld() throws Exception {
        Run run = Run.of("compact", "--data", data, "--deltas", 1);

        assertThat(run.out()).contains("3 world(s) compacted");
        assertThat(Files.exists(data.resolve(JOURNAL))).as("the last delta is kept").isTrue();
        assertThat(Run.of("compact", "--data", data, "--deltas", 0).status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(Run.of("check", "--data", data).status()).isEqualTo(ExitStatus.DONE);
        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(TestDeltas.head(store.open(Played.GARDEN, () -> null)).revision())
                    .isEqualTo(7);
        }
    }

    @Test
    void whatAServiceHasIsChangedByNoCommandAndSaysWhoHasIt() {
        String owner = "in use by process " + ProcessHandle.current().pid();
        try (FileWorldStore store = new FileWorldStore(data)) {
            assertThat(store.worlds()).hasSize(3);
            for (String command : new String[] {"repair", "compact"}) {
                Run run = Run.of(command, "--data", data);
                assertThat(run.status()).isEqualTo(ExitStatus.UNAVAILABLE);
                assertThat(run.err()).contains(owner);
            }
            Run check = Run.of("check", "--data", data);
            assertThat(check.out()).contains(owner, "0 finding(s)");
            assertThat(check.status()).isEqualTo(ExitStatus.DONE);
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() throws Exception {
        Run run = Run.of("check", "--data", data.resolve("nowhere"));

        assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "there is no directory "
                                + data.resolve("nowhere")
                                + "; name a data directory with --data or WORLDWEAVE_DATA");
        assertThat(Run.of("repair", "--data", data.resolve(JOURNAL)).err())
                .startsWith(data.resolve(JOURNAL) + " is no directory; ");
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).noneMatch(file -> file.endsWith("nowhere"));
        }
    }
}
