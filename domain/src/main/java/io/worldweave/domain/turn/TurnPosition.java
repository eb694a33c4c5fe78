package io.worldweave.domain.turn;

/**
 * A place in what a turn said.
 *
 * @param turn the number of the turn in its conversation, from 1
 * @param offset how much was said before it: every character of narrative counts one, every other
 *     event counts one
 */
public record TurnPosition(ConversationId conversation, int turn, long offset) {
    public TurnPosition {
        if (turn < 1 || offset < 0) {
            throw new IllegalArgumentException("turn " + turn + ", offset " + offset);
        }
    }
}
