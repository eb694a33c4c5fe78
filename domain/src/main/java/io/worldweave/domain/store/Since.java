package io.worldweave.domain.store;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import java.util.List;

/** What was committed since a position. */
public sealed interface Since {
    /** The deltas after the position, oldest first; none if it is the present. */
    record Deltas(List<Delta> deltas) implements Since {
        public Deltas {
            deltas = List.copyOf(deltas);
        }
    }

    /** The position is of another epoch, older than what is kept, or ahead of the world. */
    record Gone(Position current) implements Since {}
}
