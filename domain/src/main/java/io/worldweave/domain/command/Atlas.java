package io.worldweave.domain.command;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The places of a world: its zones, their areas and the spots of these. */
record Atlas(JsonObject world) {

    private JsonObject zone(String id) {
        return world.object("locations").object(id);
    }

    /** Returns the place of these ids, or null if the world has no such zone. */
    @Nullable Place place(@Nullable String zone, @Nullable String area) {
        if (zone == null || !world.object("locations").has(zone)) {
            return null;
        }
        JsonObject areas = zone(zone).object("areas");
        return area != null && areas.has(area)
                ? new Place(zone, area, areas.object(area))
                : new Place(zone, null, zone(zone));
    }

    List<Place> zones() {
        return world.object("locations").names().stream()
                .map(id -> new Place(id, null, zone(id)))
                .toList();
    }

    List<Place> areas(String zone) {
        JsonObject areas = zone(zone).object("areas");
        return areas.names().stream().map(id -> new Place(zone, id, areas.object(id))).toList();
    }

    /** Returns all zones and all areas. */
    List<Place> everywhere() {
        List<Place> places = new ArrayList<>();
        for (Place zone : zones()) {
            places.add(zone);
            places.addAll(areas(zone.zone()));
        }
        return places;
    }

    /** Returns where one stands after coming to {@code place}: in a zone, its first area. */
    Place arrival(Place place) {
        List<Place> areas = place.area() == null ? areas(place.zone()) : List.of();
        return areas.isEmpty() ? place : areas.getFirst();
    }

    /** Returns the spots of an area, or of all areas of a zone; of nowhere there are none. */
    List<Spot> spots(@Nullable Place place) {
        if (place == null) {
            return List.of();
        }
        if (place.area() == null) {
            return areas(place.zone()).stream().flatMap(area -> spots(area).stream()).toList();
        }
        Pointer pointer = Pointer.of("locations", place.zone(), "areas", place.area(), "spots");
        JsonObject spots = place.content().object("spots");
        return spots.names().stream()
                .map(id -> new Spot(pointer.child(id), spots.object(id)))
                .toList();
    }
}
