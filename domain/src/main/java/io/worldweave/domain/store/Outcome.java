package io.worldweave.domain.store;

import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;

/** What became of a commit. */
public sealed interface Outcome {
    /** The deltas are durable; the world now is at {@code position}. */
    record Committed(Position position) implements Outcome {}

    /** The world was not where the commit began; nothing was written. */
    record Conflict(Position current) implements Outcome {}

    /**
     * A delta does not apply to the state that it begins from, or is more than the store can keep;
     * nothing was written.
     */
    record Rejected(Rejection rejection) implements Outcome {}
}
