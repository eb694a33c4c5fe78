package io.worldweave.domain.store;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldState;
import java.util.List;

/**
 * A world as a store gives it: an earlier state, and what was committed since.
 *
 * @param base the oldest state that the store still knows, or cares to replay
 * @param deltas from {@code base} to the present, oldest first
 */
public record History(WorldState base, List<Delta> deltas) {
    public History {
        deltas = List.copyOf(deltas);
    }
}
