package io.worldweave.tools;

import java.nio.file.Files;
import java.nio.file.Path;

/** Paths that must be there; of others it is said what to do. */
final class Existing {
    private Existing() {}

    /** Returns a path that is a directory. */
    static Path directory(Path path, String advice) {
        if (!Files.exists(path)) {
            throw refused("there is no directory " + path, advice);
        }
        if (!Files.isDirectory(path)) {
            throw refused(path + " is no directory", advice);
        }
        return path;
    }

    /** Returns a path that is no directory. */
    static Path file(Path path, String advice) {
        if (!Files.exists(path)) {
            throw refused("there is no file " + path, advice);
        }
        if (Files.isDirectory(path)) {
            throw refused(path + " is a directory", advice);
        }
        return path;
    }

    private static RefusedException refused(String wrong, String advice) {
        return new RefusedException(ExitStatus.USAGE, wrong + "; " + advice);
    }
}
