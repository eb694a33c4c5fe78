package io.worldweave.database;

import io.worldweave.domain.store.History;
import io.worldweave.domain.world.WorldState;
import org.jspecify.annotations.Nullable;

/**
 * Which state a world's history is to begin with next, and when. A state of the past is held until
 * enough was committed since; then the history begins there, and the present is held instead. So
 * nothing is read for it, and states share what they have in common.
 *
 * <p>Not thread-safe: its world's.
 */
final class Past {
    private final DatabaseLimits limits;
    private WorldState held;
    private long deltas;
    private long bytes;
    private long heldSinceMillis;

    /** Begins with a world as it was loaded. */
    Past(DatabaseLimits limits, History history, WorldState head, long nowMillis) {
        this.limits = limits;
        this.deltas = Math.min(limits.deltas(), history.deltas().size());
        this.held =
                deltas == history.deltas().size()
                        ? history.base()
                        : history.at(head.revision() - deltas);
        this.heldSinceMillis =
                deltas == 0
                        ? nowMillis
                        : history.deltas()
                                .get(history.deltas().size() - (int) deltas)
                                .timestampMillis();
    }

    void committed(long count, long length) {
        deltas += count;
        bytes += length;
    }

    /** Returns the state that the history is to begin with now, or null if it may stay. */
    @Nullable WorldState due(WorldState head, long nowMillis) {
        boolean old =
                !limits.age().isZero() && nowMillis - heldSinceMillis >= limits.age().toMillis();
        if (deltas == 0 || !(deltas >= limits.deltas() || bytes >= limits.bytes() || old)) {
            return null;
        }
        WorldState due = held;
        held = head;
        deltas = 0;
        bytes = 0;
        heldSinceMillis = nowMillis;
        return due;
    }
}
