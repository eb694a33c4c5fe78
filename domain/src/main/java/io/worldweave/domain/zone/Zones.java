package io.worldweave.domain.zone;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.WorldState;
import org.jspecify.annotations.Nullable;

/**
 * The zones of a shared document: its {@code locations}, by id.
 *
 * <p>A player is in the zone that its own part names as {@code current_location}. So where somebody
 * was at a revision can be told from the state at that revision, by any node and at any time.
 */
public final class Zones {
    public static final String LOCATIONS = "locations";
    public static final String CURRENT_LOCATION = "current_location";
    public static final String CURRENT_AREA = "current_area";

    private static final String RADIUS = "geofence_radius_m";

    private Zones() {}

    /** Returns the id of the zone where the player is; null if that is nowhere in this world. */
    public static @Nullable String of(WorldState state, UserId player) {
        Document own = state.own(player);
        String zone = own == null ? null : own.content().text(CURRENT_LOCATION);
        return zone != null && find(state, zone) != null ? zone : null;
    }

    /** Returns the zone, with its areas and all that is in them; null if there is none. */
    public static @Nullable JsonObject find(WorldState state, String zone) {
        return state.shared().content().object(LOCATIONS).get(zone) instanceof JsonObject found
                ? found
                : null;
    }

    /**
     * Returns the id of the zone nearest to {@code at} among those whose geofence holds it, the
     * first of several as near; null if none does. A zone that is nowhere on Earth is never near.
     *
     * @param radiusMetres of the geofences of zones that state none
     */
    public static @Nullable String nearest(WorldState state, Coordinates at, double radiusMetres) {
        Nearest nearest = new Nearest();
        state.shared()
                .content()
                .object(LOCATIONS)
                .forEach((id, member) -> {
                    if (member instanceof JsonObject zone) {
                        Coordinates centre = coordinates(zone.object("gps"));
                        double radius = number(zone.get(RADIUS), radiusMetres);
                        if (centre != null) {
                            nearest.offer(id, at.metresTo(centre), radius);
                        }
                    }
                });
        return nearest.zone;
    }

    private static final class Nearest {
        @Nullable String zone;
        double metres = Double.POSITIVE_INFINITY;

        void offer(String id, double distance, double radius) {
            if (distance <= radius && distance < metres) {
                zone = id;
                metres = distance;
            }
        }
    }

    private static @Nullable Coordinates coordinates(JsonObject gps) {
        double latitude = number(gps.get("lat"), Double.NaN);
        double longitude = number(gps.get("lng"), Double.NaN);
        boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        return onEarth ? new Coordinates(latitude, longitude) : null;
    }

    private static double number(@Nullable Json value, double otherwise) {
        return value instanceof JsonNumber number ? number.value().doubleValue() : otherwise;
    }
}
