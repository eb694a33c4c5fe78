package io.worldweave.domain.live;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.zone.Zones;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which zones the changes of a delta are in.
 *
 * @param touched zones inside which something changes
 * @param replaced zones that are put, replaced or taken away as a whole
 * @param everywhere whether all zones may be replaced at once
 */
record ZoneFilter(Set<String> touched, Set<String> replaced, boolean everywhere) {

    static ZoneFilter of(Delta delta) {
        Set<String> touched = new HashSet<>();
        Set<String> replaced = new HashSet<>();
        boolean everywhere = false;
        for (Change change : delta.changes()) {
            List<String> tokens = change.pointer().tokens();
            if (!(change.part() instanceof Part.Shared)
                    || !(tokens.isEmpty() || tokens.getFirst().equals(Zones.LOCATIONS))) {
                continue;
            }
            switch (tokens.size()) {
                case 0, 1 -> everywhere = true;
                case 2 -> replaced.add(tokens.get(1));
                default -> touched.add(tokens.get(1));
            }
        }
        return new ZoneFilter(Set.copyOf(touched), Set.copyOf(replaced), everywhere);
    }

    boolean touches(String zone) {
        return touched.contains(zone);
    }

    boolean mayReplaceZones() {
        return everywhere || !replaced.isEmpty();
    }

    boolean mayReplace(String zone) {
        return everywhere || replaced.contains(zone);
    }

    /** Returns the changes inside the zone and to the owner's part, in order. */
    List<Change> changes(Delta delta, @Nullable String zone, @Nullable UserId owner) {
        return delta.changes().stream().filter(change -> shows(change, zone, owner)).toList();
    }

    private static boolean shows(Change change, @Nullable String zone, @Nullable UserId owner) {
        return switch (change.part()) {
            case Part.Shared _ -> zone != null && isInside(change, zone);
            case Part.Own(UserId whose) -> whose.equals(owner);
            case Part.Authored _ -> false;
        };
    }

    private static boolean isInside(Change change, String zone) {
        List<String> tokens = change.pointer().tokens();
        return tokens.size() > 2
                && tokens.getFirst().equals(Zones.LOCATIONS)
                && tokens.get(1).equals(zone);
    }
}
