package io.worldweave.domain.weave;

import java.time.Duration;

/**
 * Limits of streams.
 *
 * @param fence so long narrative waits for its revision; then it goes on without, and is counted
 *     (I4)
 * @param worldRun so many world frames may go in a row while narrative waits (I5)
 * @param worldTime so long narrative may wait behind world frames (I5)
 * @param squashAfter so many deltas may wait singly; more are squashed to their net effect (I6)
 * @param snapshotAfter so many changes a net effect may have; a larger one is sent as a snapshot
 *     (I6)
 * @param heartbeat so long a stream may be silent
 * @param stall so long a client may take nothing while something waits; then its stream is closed
 *     (I6)
 * @param outside so many events of other programs wait for a client; the oldest make room
 * @param streams so many are open at once
 * @param streamsPerUser so many of one user are open at once
 */
public record WeaveLimits(
        Duration fence,
        int worldRun,
        Duration worldTime,
        int squashAfter,
        int snapshotAfter,
        Duration heartbeat,
        Duration stall,
        int outside,
        int streams,
        int streamsPerUser) {
    public static final WeaveLimits DEFAULT =
            new WeaveLimits(
                    Duration.ofMillis(250),
                    8,
                    Duration.ofMillis(100),
                    64,
                    512,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    256,
                    20_000,
                    64);

    public WeaveLimits {
        if (fence.isNegative() || worldTime.isNegative()) {
            throw new IllegalArgumentException(
                    "a wait is not negative: " + fence + ", " + worldTime);
        }
        if (!heartbeat.isPositive() || !stall.isPositive()) {
            throw new IllegalArgumentException(
                    "heartbeat and stall limit are positive: " + heartbeat + ", " + stall);
        }
        if (worldRun < 1
                || squashAfter < 1
                || snapshotAfter < 1
                || outside < 1
                || streams < 1
                || streamsPerUser < 1) {
            throw new IllegalArgumentException("the limits of streams are positive numbers");
        }
    }
}
