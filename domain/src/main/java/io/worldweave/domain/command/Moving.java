package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Actions by which a player comes to another place. */
final class Moving {
    private Moving() {}

    /** Goes to an area of this zone, or to another zone where the experience allows it. */
    static Decision go(Call call) {
        Scene scene = call.scene();
        List<Place> places = new ArrayList<>(scene.ways());
        Place zone = zoneOf(scene);
        if (zone != null && !places.contains(zone)) {
            places.add(zone);
        }
        return to(call, places);
    }

    /** Goes to any place of the world. */
    static Decision teleport(Call call) {
        return to(call, call.scene().atlas().everywhere());
    }

    private static @Nullable Place zoneOf(Scene scene) {
        Place here = scene.here();
        return here == null ? null : scene.atlas().place(here.zone(), null);
    }

    private static Decision to(Call call, List<Place> places) {
        return call.on("destination", places, "unknown_destination", place -> arrive(call, place));
    }

    private static Decision arrive(Call call, Place place) {
        Place here = call.scene().here();
        if (here != null
                && here.zone().equals(place.zone())
                && (place.area() == null || place.area().equals(here.area()))) {
            return described(call.reply("already_there"), here).decide();
        }
        Place arrival = call.scene().atlas().arrival(place);
        Draft draft = call.draft();
        if (!Objects.equals(call.scene().own().text("current_location"), arrival.zone())) {
            draft.set("current_location", Json.of(arrival.zone()));
        }
        String area = arrival.area();
        draft.set("current_area", area == null ? JsonNull.NULL : Json.of(area));
        return described(call.reply("success"), arrival).changes(draft).decide();
    }

    private static Reply described(Reply reply, Place place) {
        return reply.place(place)
                .value("destination", place.label())
                .understood("destination", "destination", place.id());
    }
}
