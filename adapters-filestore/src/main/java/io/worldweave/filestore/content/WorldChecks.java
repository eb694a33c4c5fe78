package io.worldweave.filestore.content;

/** What a world must be made of: locations, their areas, their spots, and instances in them. */
final class WorldChecks {
    private WorldChecks() {}

    /** Checks the whole of a world and takes note of its instances. */
    static void check(Members world, Instances instances) {
        Members locations = world.object("locations");
        if (locations.object().isEmpty()) {
            world.wrong("locations", "has no location");
        }
        for (Members location : locations.eachObject().values()) {
            for (Members area : location.object("areas").eachObject().values()) {
                area.object("spots").eachObject().values().forEach(WorldChecks::checkId);
                checkId(area);
            }
            checkId(location);
            checkGps(location);
        }
        instances.addAll(world);
    }

    private static void checkGps(Members location) {
        if (location.object().has("gps")) {
            Members gps = location.object("gps");
            gps.checkNumber("lat", -90, 90);
            gps.checkNumber("lng", -180, 180);
        }
    }

    /** An id that a place repeats is its key. */
    private static void checkId(Members place) {
        String key = place.path().substring(place.path().lastIndexOf('.') + 1);
        String id = place.optionalText("id");
        if (id != null && !id.equals(key)) {
            place.wrong("id", "is '" + id + "' and not '" + key + "'");
        }
    }
}
