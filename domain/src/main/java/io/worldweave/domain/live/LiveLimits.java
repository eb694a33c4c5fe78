package io.worldweave.domain.live;

import java.time.Duration;

/**
 * Limits of the worlds at work on a node.
 *
 * @param logDeltas so many recent deltas of a world are kept in memory; older streams get a
 *     snapshot
 * @param worlds so many worlds are at work at once; past it those that nobody watches make room
 * @param idle so long nobody has used a world that makes room; long enough to attach to one that
 *     was opened
 * @param headCheck so often the store is asked whether it is ahead
 * @param waiting so many commits to one world wait at once; one more finds the store unavailable
 */
public record LiveLimits(
        int logDeltas, int worlds, Duration idle, Duration headCheck, int waiting) {
    public static final LiveLimits DEFAULT =
            new LiveLimits(1_024, 10_000, Duration.ofMinutes(1), Duration.ofSeconds(1), 10_000);

    public LiveLimits {
        if (logDeltas < 1 || worlds < 1 || waiting < 1) {
            throw new IllegalArgumentException(
                    "limits are positive: " + logDeltas + ", " + worlds + ", " + waiting);
        }
        if (!idle.isPositive() || !headCheck.isPositive()) {
            throw new IllegalArgumentException(
                    "times are positive: idle " + idle + ", head check " + headCheck);
        }
    }

    /** Returns these limits with another number of deltas kept. */
    public LiveLimits withLogDeltas(int number) {
        return new LiveLimits(number, worlds, idle, headCheck, waiting);
    }

    /** Returns these limits with another number of worlds at work. */
    public LiveLimits withWorlds(int number) {
        return new LiveLimits(logDeltas, number, idle, headCheck, waiting);
    }
}
