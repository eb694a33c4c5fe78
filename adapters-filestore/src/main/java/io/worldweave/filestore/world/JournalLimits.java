package io.worldweave.filestore.world;

/**
 * How long a world's journal becomes.
 *
 * @param deltas how many are kept at least; with so many a segment is followed by a new one
 * @param lineBytes how long a line may be; a commit whose line is longer is rejected
 */
record JournalLimits(int deltas, int lineBytes) {
    JournalLimits {
        if (deltas < 1) {
            throw new IllegalArgumentException("a history of " + deltas + " is none");
        }
        if (lineBytes < 1 || lineBytes > Line.BYTES_LIMIT) {
            throw new IllegalArgumentException(
                    "a line has 1 to " + Line.BYTES_LIMIT + " bytes, not " + lineBytes);
        }
    }
}
