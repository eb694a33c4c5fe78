package io.worldweave.domain.live;

import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a view shows of one delta, or of several at once: changes to the shared document and to the
 * viewer's own part.
 *
 * <p>Streams that are shown the same share one projection, and so its encodings: each is made once
 * (I10). Thread-safe.
 */
public final class Projection {
    private final WorldId world;
    private final @Nullable Actor actor;
    private final String cause;
    private final long timestampMillis;
    private final List<Change> changes;
    private final Map<Encoder<?>, Object> encodings = new ConcurrentHashMap<>(2);

    /**
     * Makes an encoding of a projection, always the same for the same projection. Compared by
     * identity.
     */
    @FunctionalInterface
    public interface Encoder<T> {
        T encode(Projection projection);
    }

    public Projection(
            WorldId world,
            @Nullable Actor actor,
            String cause,
            long timestampMillis,
            List<Change> changes) {
        this.world = world;
        this.actor = actor;
        this.cause = cause;
        this.timestampMillis = timestampMillis;
        this.changes = List.copyOf(changes);
    }

    public WorldId world() {
        return world;
    }

    /** Returns who caused it, or null if it is the net effect of what several did. */
    public @Nullable Actor actor() {
        return actor;
    }

    public String cause() {
        return cause;
    }

    public long timestampMillis() {
        return timestampMillis;
    }

    /** Returns the changes in order; none means that the view does not show the delta. */
    public List<Change> changes() {
        return changes;
    }

    /** Returns what {@code encoder} makes of this, made at the first call and kept. */
    @SuppressWarnings("unchecked")
    public <T> T encoded(Encoder<T> encoder) {
        return (T) encodings.computeIfAbsent(encoder, key -> key.encode(this));
    }
}
