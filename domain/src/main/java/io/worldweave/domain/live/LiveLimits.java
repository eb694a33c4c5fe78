package io.worldweave.domain.live;

import java.time.Duration;

/**
 * Limits of the worlds at work on a node.
 *
 * @param logDeltas so many recent deltas of a world are kept in memory; older streams get a
 *     snapshot
 * @param worlds so many worlds are at work at once; past it those that nobody watches make room
 * @param idle so long nobody has used a world that makes room
 * @param headCheck so often the store is asked whether it is ahead
 */
public record LiveLimits(int logDeltas, int worlds, Duration idle, Duration headCheck) {
    public static final LiveLimits DEFAULT =
            new LiveLimits(1_024, 10_000, Duration.ofMinutes(1), Duration.ofSeconds(1));

    public LiveLimits {
        if (logDeltas < 1 || worlds < 1 || idle.isNegative() || !headCheck.isPositive()) {
            throw new IllegalArgumentException(
                    "limits are positive: "
                            + logDeltas
                            + " deltas, "
                            + worlds
                            + " worlds, "
                            + idle
                            + ", "
                            + headCheck);
        }
    }
}
