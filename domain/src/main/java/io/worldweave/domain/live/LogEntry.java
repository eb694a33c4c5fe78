package io.worldweave.domain.live;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A committed delta between its two states, and what each view shows of it.
 *
 * <p>Thread-safe. All viewers whose own part it does not touch share one projection.
 */
public final class LogEntry {
    private final Delta delta;
    private final WorldState before;
    private final WorldState after;
    private final Projection forOthers;
    private final Map<UserId, Projection> forOwners;

    LogEntry(WorldId world, Delta delta, WorldState before, WorldState after) {
        this.delta = delta;
        this.before = before;
        this.after = after;
        this.forOthers = projection(world, delta, Set.of(Part.SHARED));
        this.forOwners = new ConcurrentHashMap<>(2);
        for (UserId owner : owners(delta)) {
            forOwners.put(owner, projection(world, delta, Set.of(Part.SHARED, Part.own(owner))));
        }
    }

    public Delta delta() {
        return delta;
    }

    /** Returns the state that the delta was applied to. */
    public WorldState before() {
        return before;
    }

    /** Returns the state that the delta led to. */
    public WorldState after() {
        return after;
    }

    /** Returns what the view shows of the delta: the same object for all who are shown the same. */
    public Projection projection(View view) {
        return switch (view) {
            case View.World(UserId viewer) -> forOwners.getOrDefault(viewer, forOthers);
        };
    }

    private static Set<UserId> owners(Delta delta) {
        Set<UserId> owners = new HashSet<>();
        for (Change change : delta.changes()) {
            if (change.part() instanceof Part.Own(UserId owner)) {
                owners.add(owner);
            }
        }
        return owners;
    }

    private static Projection projection(WorldId world, Delta delta, Set<Part> shown) {
        List<Change> changes =
                delta.changes().stream().filter(change -> shown.contains(change.part())).toList();
        return new Projection(
                world, delta.actor(), delta.cause(), delta.timestampMillis(), changes);
    }
}
