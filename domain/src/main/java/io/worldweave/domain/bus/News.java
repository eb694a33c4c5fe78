package io.worldweave.domain.bus;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node tells the others about a world. */
public sealed interface News {
    WorldId world();

    /** That a delta was committed, in the history that {@code epoch} names. */
    record Committed(WorldId world, String epoch, Delta delta) implements News {}

    /**
     * That the history which {@code epoch} names has come to {@code revision}, by a delta that is
     * too long to be told.
     */
    record Moved(WorldId world, String epoch, long revision) implements News {}

    /**
     * Where players are who play on that node. It says nothing of those whom it does not name, and
     * of those whom it names it holds for the lease, unless a later one of the node says otherwise.
     *
     * @param node names the node, and one run of it
     * @param sequence higher than in what the node saw earlier; where it tells at once of more than
     *     one can name, the same in each
     * @param seen at most {@link #SEEN_LIMIT}
     * @param leaseMillis so long it holds from when it is heard
     * @param asks whether the others are to tell now whom they have
     */
    record Attended(
            WorldId world,
            String node,
            long sequence,
            List<Seen> seen,
            long leaseMillis,
            boolean asks)
            implements News {
        public static final int SEEN_LIMIT = 500;

        public Attended {
            seen = List.copyOf(seen);
            if (seen.size() > SEEN_LIMIT || leaseMillis < 1) {
                throw new IllegalArgumentException(
                        "at most " + SEEN_LIMIT + " are named, for at least a millisecond");
            }
        }
    }

    /**
     * Where somebody is.
     *
     * @param zone null if in no zone, or no longer there at all
     */
    record Seen(UserId user, @Nullable String zone) {}
}
