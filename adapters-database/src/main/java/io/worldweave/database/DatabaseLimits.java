package io.worldweave.database;

import java.time.Duration;

/**
 * How much of a world's past a database keeps: at least so many deltas, or as many as have so many
 * bytes together, or as are no older; at most about twice that.
 *
 * @param age zero for any
 * @param resolve for so long is tried to find out what became of a commit whose connection broke
 */
public record DatabaseLimits(int deltas, long bytes, Duration age, Duration resolve) {
    /** What holds unless the store is told otherwise. */
    public static final DatabaseLimits STANDARD =
            new DatabaseLimits(16_384, 16L * 1024 * 1024, Duration.ZERO, Duration.ofSeconds(5));

    public DatabaseLimits {
        if (deltas < 1 || bytes < 1 || age.isNegative() || resolve.isNegative()) {
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

    /** Returns these limits with another history. */
    public DatabaseLimits keeping(int otherDeltas, long otherBytes, Duration otherAge) {
        return new DatabaseLimits(otherDeltas, otherBytes, otherAge, resolve);
    }
}
