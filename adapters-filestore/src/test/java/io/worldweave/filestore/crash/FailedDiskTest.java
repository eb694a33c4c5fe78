package io.worldweave.filestore.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.TestDeltas;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full until there is room, and one that says that it could not write. */
@Timeout(60)
final class FailedDiskTest {
    private static final long BYTES = 1024 * 1024;
    private static final Duration HEALED = Duration.ofSeconds(5);

    /** So many forced writes succeed before the disk fails for good. */
    private static final int FORCED = 40;

    @TempDir static Path shared;
    private static CrashImage image;

    @TempDir Path folder;

    @BeforeAll
    static void makeTheImage() throws Exception {
        image = CrashImage.make(shared);
    }

    /** What a {@link LoneWriter} says. */
    private static final class Said {
        private final BufferedReader lines;
        private long told;

        Said(BufferedReader lines) {
            this.lines = lines;
        }

        /** Reads until it is told of a commit. */
        void untilTold() throws IOException {
            while (!isTold()) {
                // The next line.
            }
        }

        /** Reads until it is refused. */
        void untilRefused() throws IOException {
            while (isTold()) {
                // The next line.
            }
        }

        /** Reads what it said before it was killed. */
        void untilTheEnd() {
            lines.lines().forEach(this::note);
        }

        private boolean isTold() throws IOException {
            String line = lines.readLine();
            if (line == null) {
                throw new AssertionError("the writer ended");
            }
            note(line);
            return !line.equals("refused");
        }

        private void note(String line) {
            if (line.startsWith("told ")) {
                told = Long.parseLong(line.substring("told ".length()));
            }
        }
    }

    @Test
    void aFullDiskHealsWithinFiveSecondsOfRoom() throws Exception {
        String whyNot = LoopDisk.whyNot(folder);
        assumeTrue(whyNot == null, whyNot);
        try (LoopDisk disk = LoopDisk.inMemory(folder.resolve("disk"), BYTES)) {
            Path ballast = disk.folder().resolve("ballast");
            Files.write(ballast, new byte[(int) BYTES / 2]);
            Path data = disk.folder().resolve("data");
            Process writer = writer(data, List.of()).start();
            try (BufferedReader lines = writer.inputReader()) {
                Said said = new Said(lines);
                said.untilTold();
                said.untilRefused();
                long acknowledged = said.told;

                long room = System.nanoTime();
                Files.delete(ballast);
                said.untilTold();
                Duration healed = Duration.ofNanos(System.nanoTime() - room);

                System.out.printf("a full disk healed within %d ms%n", healed.toMillis());
                assertThat(healed).isLessThan(HEALED);
                assertThat(said.told).isGreaterThan(acknowledged);
                kill(writer);
                said.untilTheEnd();
                assertIsThere(data, said.told);
            } finally {
                kill(writer);
            }
        }
    }

    @Test
    void afterAFailedForceNothingIsAcknowledgedAndThatFileIsNotForcedAgain() throws Exception {
        assumeTrue(canTrace(), "strace cannot be used here to make a disk fail");
        Path data = folder.resolve("data");
        Path trace = folder.resolve("trace");
        Process writer = writer(data, failing(FORCED + "+", trace)).start();
        try (BufferedReader lines = writer.inputReader()) {
            Said said = new Said(lines);
            said.untilTold();
            said.untilRefused();
            long acknowledged = said.told;
            // Two seconds and more, in which the store tries the world again.
            for (int i = 0; i < 50; i++) {
                said.untilRefused();
            }

            assertThat(said.told).isEqualTo(acknowledged);
            kill(writer);
            assertIsThere(data, acknowledged);
            assertThat(forcedAfterItFailed(Files.readString(trace))).isEmpty();
        } finally {
            kill(writer);
        }
    }

    @Test
    void whatCouldNotBeForcedDoesNotCountWhenTheWorldGoesOn() throws Exception {
        assumeTrue(canTrace(), "strace cannot be used here to make a disk fail");
        Path data = folder.resolve("data");
        Process writer =
                writer(data, failing(Integer.toString(FORCED), folder.resolve("trace"))).start();
        try (BufferedReader lines = writer.inputReader()) {
            Said said = new Said(lines);
            said.untilTold();
            said.untilRefused();
            long acknowledged = said.told;

            said.untilTold();

            assertThat(said.told).isEqualTo(acknowledged + 1);
            kill(writer);
            String next = "worlds/garden/journal-%019d.jsonl".formatted(acknowledged);
            assertThat(Files.readAllLines(data.resolve(next)).getFirst())
                    .contains("\"gate\":" + acknowledged);
            said.untilTheEnd();
            assertIsThere(data, said.told);
        } finally {
            kill(writer);
        }
    }

    /** Neither the segment that is gone on with nor its folder may fail to be forced. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void aStartThatCannotForceTheJournalShowsNothing(String force) throws Exception {
        assumeTrue(canTrace(), "strace cannot be used here to make a disk fail");
        Path data = folder.resolve("data");
        try (FileWorldStore store = new FileWorldStore(data)) {
            Position base = store.open(Writers.WORLD, () -> JsonObject.EMPTY).head().position();
            store.commit(Writers.WORLD, base, TestDeltas.run(0, 1, "gate"));
        }
        Process onlooker =
                process(Onlooker.class, data, failing(force, folder.resolve("trace"))).start();
        try (BufferedReader lines = onlooker.inputReader()) {
            assertThat(lines.readLine()).startsWith("refused world garden cannot be opened");
        } finally {
            kill(onlooker);
        }
    }

    /** Returns what makes the forced writes of a process fail, as {@code when} says. */
    private static List<String> failing(String when, Path trace) {
        return List.of(
                "strace",
                "-f",
                "-qq",
                "-y",
                "-e",
                "trace=fsync,fdatasync",
                "-e",
                "inject=fsync,fdatasync:error=EIO:when=" + when,
                "-o",
                trace.toString());
    }

    private static ProcessBuilder writer(Path data, List<String> prefix) {
        return process(LoneWriter.class, data, prefix);
    }

    private static ProcessBuilder process(Class<?> main, Path data, List<String> prefix) {
        ProcessBuilder builder = image.process(List.of(), main, List.of(data.toString()));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(builder.command());
        return builder.command(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    /** Ends a process and what it has started. */
    private static void kill(Process process) throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        started.forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        process.waitFor();
        started.forEach(handle -> handle.onExit().join());
    }

    private static boolean canTrace() throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    "strace",
                                    "-qq",
                                    "-e",
                                    "trace=fsync",
                                    "-e",
                                    "inject=fsync:error=EIO",
                                    "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Everything that was acknowledged is there, and at most the one commit after it. */
    private static void assertIsThere(Path data, long acknowledged) {
        try (FileWorldStore store = new FileWorldStore(data, Writers.HISTORY_LIMIT)) {
            WorldState state = store.open(Writers.WORLD, () -> JsonObject.EMPTY).head();
            assertThat(state.revision()).isBetween(acknowledged, acknowledged + 1);
            assertThat(state.shared().content().get("gate")).isEqualTo(Json.of(state.revision()));
        }
    }

    /** Returns the journals that were forced after that had failed; one that is begun is new. */
    private static List<String> forcedAfterItFailed(String trace) {
        List<String> failed = new ArrayList<>();
        List<String> again = new ArrayList<>();
        Pattern force = Pattern.compile("sync\\(\\d+<([^>]*journal-[0-9]*.jsonl)>\\) = (\\S+)");
        for (MatchResult call : force.matcher(trace).results().toList()) {
            if (failed.contains(call.group(1))) {
                again.add(call.group(1));
            }
            if (!call.group(2).equals("0")) {
                failed.add(call.group(1));
            }
        }
        assertThat(failed).isNotEmpty();
        return again;
    }
}
