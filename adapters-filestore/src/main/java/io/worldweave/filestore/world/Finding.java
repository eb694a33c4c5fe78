package io.worldweave.filestore.world;

import java.nio.file.Path;

/**
 * Something in a data directory that is not as it should be.
 *
 * @param world what the world is called; the folder's name if that is no world's
 * @param line counted from 1; 0 if it is about the file as a whole
 * @param at where in the file that line begins, in bytes
 */
public record Finding(Kind kind, String world, Path file, int line, long at, String reason) {
    /** What it means. */
    public enum Kind {
        /** The world cannot be used. */
        DAMAGED,
        /** The world's history is shorter than it could be; the present state is whole. */
        SHORTENED,
        /** A folder with a journal is no world's. */
        UNKNOWN,
        /** The last write was never finished, and never acknowledged. A start cuts it off. */
        UNFINISHED,
        /** A crash kept a file from getting its name. A start deletes it. */
        LEFTOVER,
        /** A copy for people is missing, or not what the journal says. A service writes it anew. */
        COPY
    }

    static Finding of(Kind kind, String world, DamagedJournalException damage) {
        return new Finding(kind, world, damage.file(), damage.line(), damage.at(), damage.reason());
    }

    /** Returns a finding about a file as a whole. */
    static Finding of(Kind kind, String world, Path file, String reason) {
        return new Finding(kind, world, file, 0, 0, reason);
    }
}
