package io.worldweave.app.start;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files of the application as a folder on the disk, whether the container keeps them in an archive
 * or not. Closing removes the folder.
 *
 * <p>Not thread-safe: its maker's.
 */
record Bundle(Path folder) implements AutoCloseable {

    /**
     * Copies all that is under {@code path} to a new temporary folder.
     *
     * @param path begins and ends with a slash
     */
    static Bundle unpack(ServletContext context, String path) throws IOException {
        Bundle bundle = new Bundle(Files.createTempDirectory("worldweave-"));
        try {
            copy(context, path, bundle.folder);
            return bundle;
        } catch (IOException | RuntimeException failure) {
            bundle.close();
            throw failure;
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void copy(ServletContext context, String path, Path to) throws IOException {
        Set<String> entries = context.getResourcePaths(path);
        if (entries == null) {
            return;
        }
        for (String entry : entries) {
            Path target = to.resolve(entry.substring(path.length()).replace("/", ""));
            if (entry.endsWith("/")) {
                copy(context, entry, Files.createDirectory(target));
            } else {
                copyFile(context, entry, target);
            }
        }
    }

    private static void copyFile(ServletContext context, String entry, Path target)
            throws IOException {
        try (InputStream content = context.getResourceAsStream(entry)) {
            if (content == null) {
                throw new IOException("cannot read " + entry);
            }
            Files.copy(content, target);
        }
    }
}
