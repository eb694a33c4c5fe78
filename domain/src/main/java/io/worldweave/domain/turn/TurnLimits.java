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
 * @param keptText so many characters are kept of all conversations together; past it those that
 *     rest longest make room
 * @param conversations so many are known at once; past it those that rest longest make room
 * @param conversationsPerUser so many of one user are known at once; past it the user's own make
 *     room
 * @param runningPerUser so many turns of one user run at once
 */
public record TurnLimits(
        Duration whole,
        Duration grace,
        Duration kept,
        int text,
        long keptText,
        int conversations,
        int conversationsPerUser,
        int runningPerUser) {
    public static final TurnLimits DEFAULT =
            new TurnLimits(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    65_536,
                    67_108_864,
                    10_000,
                    100,
                    8);

    public TurnLimits {
        if (!whole.isPositive() || grace.isNegative() || kept.isNegative()) {
            throw new IllegalArgumentException(
                    "a turn takes time: " + whole + ", grace " + grace + ", kept " + kept);
        }
        if (text < 1 || keptText < 1) {
            throw new IllegalArgumentException(
                    "limits of text are positive: " + text + ", " + keptText);
        }
        if (conversations < 1 || conversationsPerUser < 1 || runningPerUser < 1) {
            throw new IllegalArgumentException("the limits of conversations are positive numbers");
        }
    }

    /** Returns these limits with another length of a turn's text. */
    public TurnLimits withText(int characters) {
        return new TurnLimits(
                whole,
                grace,
                kept,
                characters,
                keptText,
                conversations,
                conversationsPerUser,
                runningPerUser);
    }

    /** Returns these limits with other numbers of conversations. */
    public TurnLimits withConversations(int all, int perUser) {
        return new TurnLimits(whole, grace, kept, text, keptText, all, perUser, runningPerUser);
    }

    /** Returns these limits with another amount of text kept. */
    public TurnLimits withKeptText(long characters) {
        return new TurnLimits(
                whole,
                grace,
                kept,
                text,
                characters,
                conversations,
                conversationsPerUser,
                runningPerUser);
    }
}
