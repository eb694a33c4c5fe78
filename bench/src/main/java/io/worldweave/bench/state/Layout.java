package io.worldweave.bench.state;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the items of a world lie in its spots. */
public enum Layout {
    /** All in one spot: the worst case. */
    ONE {
        @Override
        int spot(int item, int items) {
            return 0;
        }

        @Override
        int spots(int items) {
            return 1;
        }
    },
    /** Twenty to a spot, in zones of ten spots. */
    SPREAD {
        @Override
        int spot(int item, int items) {
            return item % spots(items);
        }

        @Override
        int spots(int items) {
            return items / 20;
        }
    };

    private static final int SPOTS_OF_ZONE = 10;

    abstract int spot(int item, int items);

    abstract int spots(int items);

    /** Returns where the item is. */
    public Pointer place(int item, int items) {
        int spot = spot(item, items);
        return Pointer.of(
                "locations",
                "zone_" + spot / SPOTS_OF_ZONE,
                "areas",
                "main_room",
                "spots",
                "spot_" + spot,
                "items",
                SampleWorld.id(item));
    }

    /** Returns a world's shared document with that many items. */
    public JsonObject document(int items) {
        List<List<Json>> bySpot = new ArrayList<>();
        for (int spot = 0; spot < spots(items); spot++) {
            bySpot.add(new ArrayList<>());
        }
        for (int item = 0; item < items; item++) {
            bySpot.get(spot(item, items)).add(SampleWorld.item(SampleWorld.id(item)));
        }
        Map<String, JsonObject> zones = new LinkedHashMap<>();
        for (int spot = 0; spot < bySpot.size(); spot += SPOTS_OF_ZONE) {
            String id = "zone_" + spot / SPOTS_OF_ZONE;
            zones.put(id, SampleWorld.zone(id, spots(bySpot, spot)));
        }
        return JsonObject.of("locations", JsonObject.of(zones), "season", Json.of("summer"));
    }

    private static JsonObject spots(List<List<Json>> bySpot, int from) {
        Map<String, JsonObject> spots = new LinkedHashMap<>();
        for (int spot = from; spot < Math.min(from + SPOTS_OF_ZONE, bySpot.size()); spot++) {
            spots.put("spot_" + spot, SampleWorld.spot("spot_" + spot, bySpot.get(spot)));
        }
        return JsonObject.of(spots);
    }
}
