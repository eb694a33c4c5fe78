package io.worldweave.domain.live;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.NetEffect;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.domain.zone.Zones;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a view shows of several deltas at once: their net effect. */
public final class Squash {
    private Squash() {}

    /**
     * Returns what leads from before the first entry to after the last; null if the view shows
     * another zone at the end than at the beginning, or its zone anew. A viewer who went away and
     * came back is shown what came of its zone meanwhile.
     *
     * @param entries at least one, each of which goes on where the one before it ends
     */
    public static @Nullable Projection of(WorldId world, View view, List<LogEntry> entries) {
        WorldState before = entries.getFirst().before();
        WorldState after = entries.getLast().after();
        String zone = zone(view, after);
        if (!Objects.equals(zone, zone(view, before))) {
            return null;
        }
        List<Change> touched = new ArrayList<>();
        Actor actor = entries.getFirst().delta().actor();
        String cause = entries.getFirst().delta().cause();
        for (LogEntry entry : entries) {
            if (zone != null && entry.replaces(zone)) {
                return null;
            }
            touched.addAll(entry.changes(view, zone));
            actor = Objects.equals(actor, entry.delta().actor()) ? actor : null;
            cause = cause.equals(entry.delta().cause()) ? cause : "several";
        }
        return new Projection(
                world,
                actor,
                cause,
                entries.getLast().delta().timestampMillis(),
                NetEffect.between(before, after, touched));
    }

    private static @Nullable String zone(View view, WorldState state) {
        return switch (view) {
            case View.World _ -> null;
            case View.Zone(UserId viewer) -> Zones.of(state, viewer);
        };
    }
}
