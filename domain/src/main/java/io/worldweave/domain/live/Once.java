package io.worldweave.domain.live;

import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;

/** What became of a proposal that is to be made once, however often it is asked for. */
public sealed interface Once<R> {
    /** It was asked for the first time, as far as the world's history remembers. */
    record First<R>(Commitment<R> commitment) implements Once<R> {}

    /**
     * It was made before; nothing was done.
     *
     * @param receipt of what was made under the key, which may have been another request
     * @param position of a world that shows it
     */
    record Repeated<R>(Receipt receipt, Position position) implements Once<R> {}

    /** A request with the same key is at work on this node. */
    record InProgress<R>() implements Once<R> {}
}
