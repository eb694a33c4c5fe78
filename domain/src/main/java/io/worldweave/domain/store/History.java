package io.worldweave.domain.store;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
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

    /**
     * Returns the state to which the deltas lead.
     *
     * @throws IllegalArgumentException if one of them does not apply
     */
    public WorldState head() {
        return at(base.revision() + deltas.size());
    }

    /**
     * Returns the state at a revision from that of the base to the present.
     *
     * @throws IllegalArgumentException if a delta before it does not apply
     */
    public WorldState at(long revision) {
        WorldState state = base;
        for (Delta delta : deltas.subList(0, Math.toIntExact(revision - base.revision()))) {
            state = applied(state, delta);
        }
        return state;
    }

    private static WorldState applied(WorldState state, Delta delta) {
        return switch (state.apply(delta)) {
            case Edit.Applied<WorldState>(WorldState after) -> after;
            case Edit.Refused<WorldState>(var rejection) ->
                    throw new IllegalArgumentException(
                            "the delta to revision "
                                    + delta.revision()
                                    + " does not apply: "
                                    + rejection.reason());
        };
    }
}
