package io.worldweave.filestore.world;

import java.io.Serial;
import java.nio.file.Path;

/** A journal is not as it was written, or is not there as far as it was written. */
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

    /** Says what is wrong with a file as a whole. */
    DamagedJournalException(Path file, String reason) {
        super(file + ": " + reason);
        this.file = file;
        this.line = 0;
        this.at = 0;
        this.reason = reason;
    }

    Path file() {
        return file;
    }

    /** Returns the line, counted from 1, or 0 if it is about the file as a whole. */
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
        String place = line == 0 ? "" : ": line " + line + " (byte " + at + ")";
        return seen + place + ": " + reason;
    }
}
