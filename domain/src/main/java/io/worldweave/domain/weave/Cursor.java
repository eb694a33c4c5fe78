package io.worldweave.domain.weave;

import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream can be taken up again: what its client has been given so far.
 *
 * @param view the name of the view
 * @param user whose stream it is; the cursor is worth nothing to anyone else
 * @param turn how far the turn's events were given, or null on a stream without a turn
 */
public record Cursor(Position world, String view, UserId user, @Nullable TurnPosition turn) {}
