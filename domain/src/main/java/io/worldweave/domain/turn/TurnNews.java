package io.worldweave.domain.turn;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.util.List;

/** What nodes tell each other about the turn of a conversation. */
public sealed interface TurnNews {
    ConversationId conversation();

    /**
     * That a node has a viewer, or looks for the turn: whoever runs it is to tell what was said
     * from {@code offset} on, and what is said in the next {@link SharedTurn#LEASE}.
     *
     * @param turn the number of the turn that {@code offset} is of; 0 if none is known yet
     */
    record Watched(ConversationId conversation, UserId viewer, long turn, long offset)
            implements TurnNews {}

    /**
     * What was said from {@code offset} on; nothing says that the turn goes on.
     *
     * @param pieces in order, at most {@link #PIECE_LIMIT}
     */
    record Told(ConversationId conversation, Beginning turn, long offset, List<Piece> pieces)
            implements TurnNews {
        public static final int PIECE_LIMIT = 256;

        public Told {
            pieces = List.copyOf(pieces);
            if (pieces.size() > PIECE_LIMIT || offset < 0) {
                throw new IllegalArgumentException(
                        "at most " + PIECE_LIMIT + " pieces are told at once, from a place");
            }
        }
    }

    /** That the conversation is not that viewer's. */
    record Denied(ConversationId conversation, UserId viewer) implements TurnNews {}

    /** That a viewer on another node stops the turn of that number. */
    record Stopped(ConversationId conversation, UserId viewer, long turn) implements TurnNews {}

    /**
     * Which turn it is.
     *
     * @param number as in {@link TurnPosition}
     * @param start where the world was when it began
     */
    record Beginning(long number, UserId owner, WorldId world, Position start) {}

    /**
     * One thing that was said.
     *
     * @param fence the revision that its viewers must have reached before
     */
    record Piece(TurnEvent event, long fence) {
        /** Returns how many places it takes, as {@link TurnPosition} counts them. */
        public long length() {
            return event instanceof TurnEvent.Content(String text) ? text.length() : 1;
        }
    }
}
