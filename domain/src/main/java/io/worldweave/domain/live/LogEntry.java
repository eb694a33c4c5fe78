package io.worldweave.domain.live;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.domain.zone.Zones;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A committed delta between its two states, and what each view shows of it.
 *
 * <p>Thread-safe. All who are shown the same share one projection: in a world view those whose own
 * part it does not touch, in zone views those of them who are in the same zone.
 */
public final class LogEntry {
    private final WorldId world;
    private final Delta delta;
    private final WorldState before;
    private final WorldState after;
    private final Set<UserId> owners;
    private final Projection forOthers;
    private final Map<UserId, Projection> forOwners;
    private final ZoneFilter zones;

    /** What zone views show, made when first asked for, by zone. */
    private final Map<String, Projection> inZones = new ConcurrentHashMap<>(2);

    /** What zone views of owners show, made when first asked for. */
    private final Map<UserId, Projection> inOwnersZones = new ConcurrentHashMap<>(2);

    LogEntry(WorldId world, Delta delta, WorldState before, WorldState after) {
        this.world = world;
        this.delta = delta;
        this.before = before;
        this.after = after;
        this.owners = owners(delta);
        this.zones = ZoneFilter.of(delta);
        this.forOthers = inWorld(null);
        this.forOwners = new ConcurrentHashMap<>(2);
        for (UserId owner : owners) {
            forOwners.put(owner, inWorld(owner));
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

    /**
     * Returns what the view shows of the delta: the same object for all who are shown the same.
     * Null if the view shows another zone from here on, or its zone anew: what it shows then takes
     * the place of all that it showed before.
     */
    public @Nullable Projection projection(View view) {
        return switch (view) {
            case View.World(UserId viewer) -> forOwners.getOrDefault(viewer, forOthers);
            case View.Zone(UserId viewer) -> zoneProjection(viewer);
        };
    }

    private @Nullable Projection zoneProjection(UserId viewer) {
        String zone = Zones.of(after, viewer);
        if (movesOrReplaces(viewer, zone)) {
            return null;
        }
        if (owners.contains(viewer)) {
            return inOwnersZones.computeIfAbsent(viewer, owner -> inZone(zone, owner));
        }
        String shown = zone != null && zones.touches(zone) ? zone : "";
        return inZones.computeIfAbsent(shown, same -> inZone(same.isEmpty() ? null : same, null));
    }

    private boolean movesOrReplaces(UserId viewer, @Nullable String zone) {
        if (!owners.contains(viewer) && !zones.mayReplaceZones()) {
            return false;
        }
        return !Objects.equals(zone, Zones.of(before, viewer)) || (zone != null && replaces(zone));
    }

    /** Returns whether the zone is another after the delta, as a whole. */
    boolean replaces(String zone) {
        return zones.mayReplace(zone)
                && !Objects.equals(Zones.find(before, zone), Zones.find(after, zone));
    }

    /** Returns the changes that a view shows, were its viewer in this zone all the time. */
    List<Change> changes(View view, @Nullable String zone) {
        return switch (view) {
            case View.World(UserId viewer) -> forOwners.getOrDefault(viewer, forOthers).changes();
            case View.Zone(UserId viewer) -> zones.changes(delta, zone, viewer);
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

    private Projection inWorld(@Nullable UserId owner) {
        Set<Part> shown =
                owner == null ? Set.of(Part.SHARED) : Set.of(Part.SHARED, Part.own(owner));
        return of(
                delta.changes().stream().filter(change -> shown.contains(change.part())).toList());
    }

    private Projection inZone(@Nullable String zone, @Nullable UserId owner) {
        return of(zones.changes(delta, zone, owner));
    }

    private Projection of(List<Change> changes) {
        return new Projection(
                world, delta.actor(), delta.cause(), delta.timestampMillis(), changes);
    }
}
