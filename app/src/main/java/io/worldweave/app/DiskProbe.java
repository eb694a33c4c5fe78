package io.worldweave.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Finds out whether a folder takes a small write, by making one: what a file system says of its
 * rights tells nothing about its room. The disk is asked at most once in {@link #PAUSE}, however
 * often somebody wants to know.
 *
 * <p>Thread-safe. Blocks for the disk.
 */
final class DiskProbe {
    /** For so long an answer counts. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** Ends like every file that is not finished and does not count. */
    static final String FILE = "probe.new";

    /** A block of common file systems: less may find room where nothing else does. */
    private static final int BYTES = 4_096;

    private final Path file;
    private final LongSupplier nanoTime;
    private long askedNanos;
    private boolean asked;
    private boolean answer;

    DiskProbe(Path folder, LongSupplier nanoTime) {
        this.file = folder.resolve(FILE);
        this.nanoTime = nanoTime;
    }

    synchronized boolean takesAWrite() {
        long now = nanoTime.getAsLong();
        if (!asked || now - askedNanos >= PAUSE.toNanos()) {
            answer = write();
            asked = true;
            askedNanos = now;
        }
        return answer;
    }

    private boolean write() {
        try {
            try {
                Files.write(
                        file,
                        new byte[BYTES],
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DSYNC);
            } finally {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
