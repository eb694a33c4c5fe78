package io.worldweave.filestore.world;

/**
 * How long a world's journal becomes.
 *
 * @param lineBytes how long a line may be; a commit whose line is longer is rejected
 */
record JournalLimits(KeptHistory history, int lineBytes) {
    JournalLimits {
        if (lineBytes < 1 || lineBytes > Line.BYTES_LIMIT) {
            throw new IllegalArgumentException(
                    "a line has 1 to " + Line.BYTES_LIMIT + " bytes, not " + lineBytes);
        }
    }

    /** Makes limits that keep so many deltas, however long or old. */
    JournalLimits(int deltas, int lineBytes) {
        this(KeptHistory.ofDeltas(deltas), lineBytes);
    }
}
