package io.worldweave.filestore.world;

import java.time.Duration;

/**
 * How much of a world's past is kept: so many deltas, as long as their lines in the journal have no
 * more bytes together, and none is older. The last delta is kept however long it is. What is past
 * this is forgotten; the file that holds it goes when it holds nothing else.
 *
 * @param age zero for any
 */
public record KeptHistory(int deltas, long bytes, Duration age) {
    /** What is kept unless the store is told otherwise. */
    public static final KeptHistory STANDARD =
            new KeptHistory(16_384, 16L * 1024 * 1024, Duration.ZERO);

    public KeptHistory {
        if (deltas < 1 || bytes < 1 || age.isNegative()) {
            throw new IllegalArgumentException(
                    "a history of "
                            + deltas
                            + " deltas, "
                            + bytes
                            + " bytes and "
                            + age
                            + " is none");
        }
    }

    /** Returns a limit to the number alone. */
    static KeptHistory ofDeltas(int deltas) {
        return new KeptHistory(deltas, Long.MAX_VALUE, Duration.ZERO);
    }

    /** Returns the time before which nothing is kept. */
    long sinceMillis(long nowMillis) {
        return age.isZero() ? Long.MIN_VALUE : nowMillis - age.toMillis();
    }

    /**
     * Returns whether a segment alone holds more than is kept, so that it is to be followed by
     * another. One that begins with a long state may become as long as that again: else a large
     * world would be written anew for few deltas.
     */
    boolean isExceededBy(Extent segment, long nowMillis) {
        return segment.deltas() > 0
                && (segment.deltas() >= deltas
                        || segment.deltaBytes() >= Math.max(bytes, segment.stateBytes())
                        || segment.sinceMillis() < sinceMillis(nowMillis));
    }
}
