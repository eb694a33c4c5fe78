package io.worldweave.domain.turn;

import java.time.Duration;

/**
 * How far a narrator is waited for and followed.
 *
 * @param rounds so often a narrator is asked in a turn; in the last it gets nothing done any more
 * @param callsPerRound so many commands may be asked for at a time; more are not run
 * @param firstWords so long a round waits for its first sign, tries that failed included
 * @param silence so long it waits for the next
 * @param retries so often a narrator that failed before its first sign is asked again
 * @param pause how long before it is asked again; twice as long each further time
 */
public record NarratorLimits(
        int rounds,
        int callsPerRound,
        Duration firstWords,
        Duration silence,
        int retries,
        Duration pause) {
    public static final NarratorLimits DEFAULT =
            new NarratorLimits(
                    4,
                    8,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    2,
                    Duration.ofMillis(250));

    /** Those of a narrator that takes its own time and never fails: a script. */
    public static final NarratorLimits OF_A_SCRIPT =
            new NarratorLimits(1, 1, Duration.ofHours(1), Duration.ofHours(1), 0, Duration.ZERO);

    public NarratorLimits {
        if (rounds < 1 || callsPerRound < 1 || retries < 0) {
            throw new IllegalArgumentException(
                    "a narrator is asked at least once: "
                            + rounds
                            + " rounds, "
                            + callsPerRound
                            + " calls, "
                            + retries
                            + " retries");
        }
        if (!firstWords.isPositive() || !silence.isPositive() || pause.isNegative()) {
            throw new IllegalArgumentException(
                    "a narrator needs time: " + firstWords + ", " + silence + ", " + pause);
        }
    }
}
