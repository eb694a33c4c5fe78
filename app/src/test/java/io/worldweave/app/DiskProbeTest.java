package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskProbeTest {
    @TempDir Path folder;
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aFolderThatTakesAWriteIsLeftAsItWas() {
        assertThat(new DiskProbe(folder, nanos::get).takesAWrite()).isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatTakesNoFileTakesNoWrite() {
        assertThat(new DiskProbe(Path.of("/proc"), nanos::get).takesAWrite()).isFalse();
    }

    @Test
    void theDiskIsAskedAgainOnlyAfterThePause() throws Exception {
        DiskProbe probe = new DiskProbe(folder, nanos::get);
        probe.takesAWrite();
        Path inTheWay = Files.createDirectories(folder.resolve(DiskProbe.FILE).resolve("file"));

        nanos.addAndGet(DiskProbe.PAUSE.toNanos() - 1);
        assertThat(probe.takesAWrite()).isTrue();
        nanos.addAndGet(1);
        assertThat(probe.takesAWrite()).isFalse();

        Files.delete(inTheWay);
        Files.delete(folder.resolve(DiskProbe.FILE));
        nanos.addAndGet(DiskProbe.PAUSE.toNanos());
        assertThat(probe.takesAWrite()).isTrue();
    }
}
