package io.worldweave.filestore.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file system of its own, ext4 in a file or in memory, whose power can be cut or which can be
 * full. It takes Linux, root and loop devices. Not thread-safe: of one test.
 */
final class LoopDisk implements AutoCloseable {
    private static final long BYTES = 64L * 1024 * 1024;

    private final Path folder;
    private final List<String> mount;

    private LoopDisk(Path folder, List<String> mount) throws IOException {
        this.folder = folder;
        this.mount = mount;
        Files.createDirectories(folder);
        mount();
    }

    /** Makes an ext4 file system in a file; its journal is written to the file as to a disk. */
    static LoopDisk ext4(Path file, Path folder) throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(BYTES);
        }
        command(List.of("mkfs.ext4", "-q", "-F", file.toString()));
        return new LoopDisk(
                folder, List.of("mount", "-o", "loop", file.toString(), folder.toString()));
    }

    /** Makes a file system in memory that holds so many bytes. */
    static LoopDisk inMemory(Path folder, long bytes) throws IOException {
        return new LoopDisk(
                folder,
                List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString()));
    }

    /** Returns why there can be no such file systems here, or null if there can. */
    static @Nullable String whyNot(Path trial) {
        try (LoopDisk _ = ext4(trial.resolve("trial.img"), trial.resolve("trial"))) {
            return null;
        } catch (IOException refused) {
            return "file systems cannot be made here: " + refused.getMessage();
        }
    }

    Path folder() {
        return folder;
    }

    /** Unmounts the file system and mounts it again: it reads what reached the disk. */
    void remount() throws IOException {
        command(List.of("umount", folder.toString()));
        mount();
    }

    private void mount() throws IOException {
        command(mount);
    }

    @Override
    public void close() throws IOException {
        command(List.of("umount", folder.toString()));
    }

    private static void command(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(builder.command().getFirst() + ": " + said.strip());
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
