package io.worldweave.domain.live;

import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;

/** What became of a proposal. */
public sealed interface Commitment<R> {
    /**
     * The proposal holds, and its changes are durable.
     *
     * @param position the world that shows the result: the new revision, or the one that was seen
     *     if nothing changed
     */
    record Made<R>(R result, Position position) implements Commitment<R> {}

    /** A change could not be applied; nothing changed. */
    record Refused<R>(Rejection rejection) implements Commitment<R> {}
}
