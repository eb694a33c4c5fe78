package io.worldweave.filestore.world;

import java.io.Serial;
import java.nio.file.Path;

/** A journal is not as it was written. */
final class DamagedJournalException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final int line;
    private final long at;
    private final String reason;

    /**
     * Says what is wrong.
     *
     * @param line counted from 1
     * @param at where in the file that line begins, in bytes
     */
    DamagedJournalException(Path file, int line, long at, String reason) {
        super(file + ": line " + line + ": " + reason);
        this.file = file;
        this.line = line;
        this.at = at;
        this.reason = reason;
    }

    Path file() {
        return file;
    }

    int line() {
        return line;
    }

    long at() {
        return at;
    }

    String reason() {
        return reason;
    }

    /** Returns what is wrong and where, the file as seen from {@code data}. */
    String messageFrom(Path data) {
        Path seen = file.startsWith(data) ? data.relativize(file) : file;
        return seen + ": line " + line + " (byte " + at + "): " + reason;
    }
}
