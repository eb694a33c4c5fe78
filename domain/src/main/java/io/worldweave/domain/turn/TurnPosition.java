package io.worldweave.domain.turn;

/**
 * A place in what a turn said.
 *
 * @param turn the number of the turn: the Unix milliseconds at which it began, or more if its
 *     conversation's last turn began no earlier. So it is told from the turns of a conversation of
 *     the same id that has been forgotten
 * @param offset how much was said before it: every character of narrative counts one, every other
 *     event counts one
 */
public record TurnPosition(ConversationId conversation, long turn, long offset) {
    public TurnPosition {
        if (turn < 1 || offset < 0) {
            throw new IllegalArgumentException("turn " + turn + ", offset " + offset);
        }
    }
}
