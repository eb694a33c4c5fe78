package io.worldweave.domain.weave;

import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream can be taken up again: what its client has been given so far.
 *
 * @param view the name of the view
 * @param user whose stream it is; the cursor is worth nothing to anyone else
 * @param turns how far the events of each turn were given, at most {@link #TURNS_LIMIT} of them;
 *     none on a stream without turns
 * @param heard how far the events of other programs were given; null where they are not kept
 */
public record Cursor(
        Position world,
        String view,
        UserId user,
        List<TurnPosition> turns,
        @Nullable EventPosition heard) {
    /** A stream tells of so many turns at once, so that it is taken up in each of them. */
    public static final int TURNS_LIMIT = 8;

    public Cursor {
        turns = List.copyOf(turns);
        if (turns.size() > TURNS_LIMIT) {
            throw new IllegalArgumentException(
                    "a cursor has at most " + TURNS_LIMIT + " turns, not " + turns.size());
        }
    }

    /** Makes the cursor of a stream that is told of no kept events. */
    public Cursor(Position world, String view, UserId user, List<TurnPosition> turns) {
        this(world, view, user, turns, null);
    }

    /** Returns how far the turn was given, or null if the cursor does not say. */
    public @Nullable TurnPosition of(Turn turn) {
        for (TurnPosition at : turns) {
            if (at.conversation().equals(turn.conversation()) && at.turn() == turn.number()) {
                return at;
            }
        }
        return null;
    }
}
