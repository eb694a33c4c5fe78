package io.worldweave.domain.author;

import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.WorldState;
import java.util.HashSet;
import java.util.Set;

/**
 * The places of a world where players are.
 *
 * @param places a zone, or an area of it, each once
 */
record Occupied(Set<Pointer> places) {
    private static final String LOCATIONS = "locations";

    static Occupied by(WorldState state) {
        Set<Pointer> places = new HashSet<>();
        state.players()
                .forEach((user, own) -> {
                    String zone = own.content().text("current_location");
                    String area = own.content().text("current_area");
                    if (zone != null) {
                        places.add(
                                area == null
                                        ? Pointer.of(LOCATIONS, zone)
                                        : Pointer.of(LOCATIONS, zone, "areas", area));
                    }
                });
        return new Occupied(Set.copyOf(places));
    }

    /** Returns whether a player is in what stands at {@code pointer}. */
    boolean isWithin(Pointer pointer) {
        return places.stream().anyMatch(pointer::covers);
    }
}
