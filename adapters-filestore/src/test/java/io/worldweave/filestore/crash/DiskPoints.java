package io.worldweave.filestore.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What a store calls in the place of the disk, in a process that is to crash. System properties say
 * how:
 *
 * <ul>
 *   <li>{@code crash.point}: the process ends at this point, at once, as by SIGKILL
 *   <li>{@code crash.visit}: at which visit of the point, from 1
 *   <li>{@code crash.unforced}: nothing is ever forced
 * </ul>
 *
 * A point is a place where the disk is changed, and a moment: {@code Segment.append write half}.
 * Thread-safe.
 */
public final class DiskPoints {
    /** The status of a process that ended at its point. */
    static final int STATUS = 137;

    private static final String POINT = System.getProperty("crash.point", "");
    private static final boolean UNFORCED = Boolean.getBoolean("crash.unforced");
    private static final AtomicLong VISITS = new AtomicLong(Long.getLong("crash.visit", 1));

    private DiskPoints() {}

    /** Returns the points of a place where the disk is changed. */
    static Stream<String> of(String site) {
        List<String> moments =
                site.endsWith(" write")
                        ? List.of("before", "half", "after")
                        : List.of("before", "after");
        return moments.stream().map(moment -> site + " " + moment);
    }

    private static boolean isReached(String site, String moment) {
        return POINT.length() == site.length() + 1 + moment.length()
                && POINT.startsWith(site)
                && POINT.endsWith(moment)
                && VISITS.decrementAndGet() == 0;
    }

    private static void pass(String site, String moment) {
        if (isReached(site, moment)) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    /** A write to the disk. */
    @FunctionalInterface
    private interface Write {
        void bytes(byte[] bytes, int offset, int length) throws IOException;
    }

    /** Something else that changes the disk. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    private static void write(Write write, byte[] bytes, String site) throws IOException {
        pass(site, "before");
        if (isReached(site, "half")) {
            write.bytes(bytes, 0, (bytes.length + 1) / 2);
            Runtime.getRuntime().halt(STATUS);
        }
        write.bytes(bytes, 0, bytes.length);
        pass(site, "after");
    }

    private static <T> T call(Call<T> call, String site) throws IOException {
        pass(site, "before");
        T result = call.run();
        pass(site, "after");
        return result;
    }

    public static void write(RandomAccessFile file, byte[] bytes, String site) throws IOException {
        write(file::write, bytes, site);
    }

    public static void write(FileOutputStream file, byte[] bytes, String site) throws IOException {
        OutputStream out = file;
        write(out::write, bytes, site);
    }

    public static void setLength(RandomAccessFile file, long length, String site)
            throws IOException {
        call(
                () -> {
                    file.setLength(length);
                    return true;
                },
                site);
    }

    public static void sync(FileDescriptor file, String site) throws IOException {
        call(
                () -> {
                    if (!UNFORCED) {
                        file.sync();
                    }
                    return true;
                },
                site);
    }

    public static void force(FileChannel file, boolean metadata, String site) throws IOException {
        call(
                () -> {
                    if (!UNFORCED) {
                        file.force(metadata);
                    }
                    return true;
                },
                site);
    }

    public static Path move(Path from, Path to, CopyOption[] options, String site)
            throws IOException {
        return call(() -> Files.move(from, to, options), site);
    }

    public static void delete(Path file, String site) throws IOException {
        call(
                () -> {
                    Files.delete(file);
                    return true;
                },
                site);
    }

    public static boolean deleteIfExists(Path file, String site) throws IOException {
        return call(() -> Files.deleteIfExists(file), site);
    }

    public static Path createDirectories(Path folder, FileAttribute<?>[] attributes, String site)
            throws IOException {
        return call(() -> Files.createDirectories(folder, attributes), site);
    }
}
