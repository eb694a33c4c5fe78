package io.worldweave.domain.author;

import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import java.util.List;

/** What came of an edit in one world. */
public sealed interface Merge {
    /** Returns whether there is anything to tell of it. */
    boolean isNews();

    /**
     * It was merged, but for what collides.
     *
     * @param position of the world that shows it
     * @param changes to what players see
     * @param collisions the first of them
     * @param collisionCount how many there are
     */
    record Made(
            Position position, List<Change> changes, List<Collision> collisions, int collisionCount)
            implements Merge {
        public Made {
            changes = List.copyOf(changes);
            collisions = List.copyOf(collisions);
        }

        @Override
        public boolean isNews() {
            return !changes.isEmpty() || collisionCount > 0;
        }
    }

    /** The world has no room for it; nothing was merged. */
    record Refused(Rejection rejection) implements Merge {
        @Override
        public boolean isNews() {
            return true;
        }
    }
}
