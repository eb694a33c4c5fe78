package io.worldweave.domain.play;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import java.util.List;

/** What is known of a world's past. */
public sealed interface Past {
    /** The world as it was at the revision that was asked for. */
    record State(WorldState state) implements Past {}

    /**
     * What was committed after the revision that was asked for, oldest first.
     *
     * @param head where the deltas lead: the present, when it was asked for
     */
    record Deltas(List<Delta> deltas, Position head) implements Past {
        public Deltas {
            deltas = List.copyOf(deltas);
        }
    }

    /** The revision is none of those that are known, which are all from one to another. */
    record Unknown(long oldest, long present) implements Past {}
}
