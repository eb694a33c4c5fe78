package io.worldweave.bench.state;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Zones, spots and items as authors write them. */
final class SampleWorld {
    private SampleWorld() {}

    static String id(int item) {
        return "dream_bottle_" + item;
    }

    static JsonObject item(String id) {
        return JsonObject.of(Json.INSTANCE_ID, Json.of(id))
                .with("template_id", Json.of("dream_bottle"))
                .with("type", Json.of("dream_bottle"))
                .with("semantic_name", Json.of("peaceful dream bottle"))
                .with("description", Json.of("A bottle that hums a little when it is held."))
                .with("collectible", Json.of(true))
                .with("visible", Json.of(true))
                .with(
                        "state",
                        JsonObject.of("glowing", Json.of(true), "symbol", Json.of("spiral")));
    }

    static JsonObject spot(String id, List<? extends Json> items) {
        return JsonObject.of("id", Json.of(id), "name", Json.of("A shelf"))
                .with("description", Json.of("A shelf that leans a little."))
                .with("items", Json.array(items))
                .with("npcs", Json.array(List.of()));
    }

    static JsonObject zone(String id, JsonObject spots) {
        JsonObject room =
                JsonObject.of("id", Json.of("main_room"), "name", Json.of("Main room"))
                        .with("description", Json.of("A room."))
                        .with("spots", spots);
        return JsonObject.of("id", Json.of(id), "name", Json.of("A shop"))
                .with("description", Json.of("A crooked little shop."))
                .with("gps", JsonObject.of("lat", Json.of(37.9), "lng", Json.of(-122.5)))
                .with("areas", JsonObject.of(Map.of("main_room", room)));
    }
}
