package io.worldweave.domain.turn;

import java.time.Duration;

/**
 * Limits of turns and conversations.
 *
 * @param whole so long a turn lasts at most; then it ends with {@code timeout}
 * @param grace so long a turn goes on that nobody watches; then it ends with {@code cancelled}
 * @param kept so long a conversation can still be read after its last turn
 * @param text so many characters a narrator may write in a turn; then it is cut off and the turn
 *     ends
 * @param conversations so many are known at once; past it those that rest longest make room
 * @param runningPerUser so many turns of one user run at once
 */
public record TurnLimits(
        Duration whole,
        Duration grace,
        Duration kept,
        int text,
        int conversations,
        int runningPerUser) {
    public static final TurnLimits DEFAULT =
            new TurnLimits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    262_144,
                    10_000,
                    8);

    public TurnLimits {
        if (!whole.isPositive() || grace.isNegative() || kept.isNegative()) {
            throw new IllegalArgumentException(
                    "a turn takes time: " + whole + ", grace " + grace + ", kept " + kept);
        }
        if (text < 1 || conversations < 1 || runningPerUser < 1) {
            throw new IllegalArgumentException(
                    "limits are positive: " + text + ", " + conversations + ", " + runningPerUser);
        }
    }
}
