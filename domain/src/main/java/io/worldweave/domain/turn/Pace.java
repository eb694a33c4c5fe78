package io.worldweave.domain.turn;

import java.time.Duration;

/**
 * How fast a script speaks.
 *
 * @param firstWords how long it thinks before its first chunk
 * @param betweenChunks how long from one chunk to the next
 */
public record Pace(Duration firstWords, Duration betweenChunks) {
    /** That of a language model: first words after 600 ms, then 30 chunks a second. */
    public static final Pace OF_A_MODEL =
            new Pace(Duration.ofMillis(600), Duration.ofNanos(1_000_000_000L / 30));

    /** At once. */
    public static final Pace IMMEDIATE = new Pace(Duration.ZERO, Duration.ZERO);

    public Pace {
        if (firstWords.isNegative() || betweenChunks.isNegative()) {
            throw new IllegalArgumentException(
                    "a pace is not negative: " + firstWords + ", " + betweenChunks);
        }
    }
}
