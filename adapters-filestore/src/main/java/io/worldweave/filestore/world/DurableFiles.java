package io.worldweave.filestore.world;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files and folders that are on the disk when a method returns, even if its thread is interrupted.
 */
final class DurableFiles {
    /** Ends the names of files that are not finished and do not count. */
    static final String UNFINISHED = ".new";

    private DurableFiles() {}

    static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    /** Creates a folder and those that hold it, as far as they are absent. */
    static void createDirectories(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) && parent != null) {
            createDirectories(parent);
            Files.createDirectories(folder);
            force(parent);
        }
    }

    /** Puts a file there as a whole, in the place of one of the same name. */
    static void replace(Path file, byte[] bytes) throws IOException {
        try (FileOutputStream out = new FileOutputStream(unfinished(file).toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
        publish(file);
    }

    /** Gives a file that was unfinished its name, in the place of the one that has it. */
    static void publish(Path file) throws IOException {
        move(unfinished(file), file);
    }

    /** Gives a file another name in its folder, in the place of one that has it. */
    static void move(Path file, Path other) throws IOException {
        Files.move(file, other, StandardCopyOption.ATOMIC_MOVE);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            force(folder);
        }
    }

    /** Forces the names that stand in a folder. */
    static void force(Path folder) throws IOException {
        boolean interrupted = false;
        try {
            while (!forcedUnlessInterrupted(folder)) {
                interrupted = Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean forcedUnlessInterrupted(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException _) {
            return false;
        }
    }
}
