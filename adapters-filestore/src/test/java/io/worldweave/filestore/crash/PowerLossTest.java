package io.worldweave.filestore.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.HistoryCheck.Violation;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I1: what was acknowledged survives a loss of power. The writers work on a file system of their
 * own, which is shut down under them without being flushed.
 */
final class PowerLossTest {
    private static final int CYCLES = Boolean.getBoolean("long") ? 400 : 5;
    private static final int BATCHES = 24;

    @TempDir static Path shared;
    private static CrashImage image;

    @TempDir Path folder;

    @BeforeAll
    static void makeTheImage() throws Exception {
        String whyNot = LoopDisk.whyNot(shared);
        assumeTrue(whyNot == null, whyNot);
        image = CrashImage.make(shared);
    }

    @Test
    void whatWasAcknowledgedBeforeAPowerLossIsThere() throws Exception {
        CrashingStore store = afterPowerLosses(CYCLES, List.of());

        assertThat(store.check().examples()).isEmpty();
        assertThat(store.check()).hasToString("0 lost, 0 phantom, 0 gap, 0 duplicate, 0 diverged");
        assertThat(store.check().acknowledged()).isPositive();
    }

    /** A writer is killed between writing a commit and forcing it; the next start finds it. */
    @Test
    void whatAStartShowsIsThereAfterAPowerLoss() throws Exception {
        try (LoopDisk disk = LoopDisk.ext4(folder.resolve("disk.img"), folder.resolve("disk"))) {
            Path data = disk.folder().resolve("data");
            List<String> unforced =
                    List.of("-Dcrash.point=Segment.append sync before", "-Dcrash.visit=3");
            Process writer =
                    image.process(unforced, LoneWriter.class, List.of(data.toString())).start();
            assertThat(writer.inputReader().lines()).containsExactly("told 1", "told 2");

            Process onlooker =
                    image.process(List.of(), Onlooker.class, List.of(data.toString())).start();
            String shown = onlooker.inputReader().readLine();
            cutPower(disk, () -> {});
            onlooker.toHandle().destroyForcibly();
            onlooker.waitFor();
            disk.remount();

            assertThat(shown).isEqualTo("sees 3");
            try (FileWorldStore store = new FileWorldStore(data)) {
                assertThat(store.open(Writers.WORLD, () -> JsonObject.EMPTY).head().revision())
                        .isEqualTo(3);
            }
        }
    }

    @Test
    void withoutForcingAPowerLossLosesWhatWasAcknowledged() throws Exception {
        CrashingStore store = afterPowerLosses(1, List.of("-Dcrash.unforced=true"));

        assertThat(store.check().count(Violation.LOST)).isPositive();
    }

    private CrashingStore afterPowerLosses(int cycles, List<String> options) throws Exception {
        long seed = Long.getLong("seed", 1);
        Random random = new Random(seed);
        try (LoopDisk disk = LoopDisk.ext4(folder.resolve("disk.img"), folder.resolve("disk"))) {
            CrashingStore store = new CrashingStore(image, disk.folder(), folder.resolve("copy"));
            for (int cycle = 0; cycle < cycles; cycle++) {
                store.run(
                        10 + random.nextInt(100),
                        random.nextLong(),
                        BATCHES,
                        options,
                        (writers, dark) -> {
                            cutPower(disk, dark);
                            writers.toHandle().destroyForcibly();
                        });
                disk.remount();
                store.checkCopy();
            }
            System.out.printf(
                    "power lost%s: %d times, %d commits acknowledged: %s%n",
                    options.isEmpty() ? "" : " without forcing",
                    cycles,
                    store.check().acknowledged(),
                    store.check());
            return store;
        }
    }

    /**
     * Cuts the power.
     *
     * @param dark run just before: the kernel may say of a force that is under way at the cut that
     *     it succeeded, which no computer without power does
     */
    private static void cutPower(LoopDisk disk, Runnable dark) throws Exception {
        Process cut =
                image.process(
                                List.of("--enable-native-access=ALL-UNNAMED"),
                                PowerCut.class,
                                List.of(disk.folder().toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(cut.inputReader().readLine()).isEqualTo("cutting");
        dark.run();
        try (Writer go = cut.outputWriter()) {
            go.write('\n');
        }
        assertThat(cut.waitFor()).isZero();
    }
}
