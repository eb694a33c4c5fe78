package io.worldweave.filestore.world;

import io.worldweave.domain.world.Delta;
import java.util.List;

/**
 * How long a segment is.
 *
 * @param stateBytes of its first line
 * @param deltaBytes of the others
 * @param sinceMillis when the first of its deltas was made; 0 if there is none
 */
record Extent(long stateBytes, int deltas, long deltaBytes, long sinceMillis) {
    static Extent ofState(long bytes) {
        return new Extent(bytes, 0, 0, 0);
    }

    Extent with(List<Delta> batch, long bytes) {
        return new Extent(
                stateBytes,
                deltas + batch.size(),
                deltaBytes + bytes,
                deltas == 0 ? batch.getFirst().timestampMillis() : sinceMillis);
    }
}
