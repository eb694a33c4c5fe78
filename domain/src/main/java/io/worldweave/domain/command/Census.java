package io.worldweave.domain.command;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a world holds, wherever it is: for admins. Costs as many steps as there are
 * things.
 */
final class Census {
    /**
     * A thing and where it is. Its label bears its id, for names may be shared.
     *
     * @param place in words
     */
    record Entry(Thing thing, String place) implements Named {
        @Override
        public String id() {
            return thing.id();
        }

        @Override
        public String label() {
            return thing.label() + " (" + thing.id() + ")";
        }

        @Override
        public List<String> names() {
            return thing.names();
        }

        @Override
        public List<String> otherNames() {
            return thing.otherNames();
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    private Census(Scene scene) {
        Atlas atlas = scene.atlas();
        for (Place zone : atlas.zones()) {
            for (Place area : atlas.areas(zone.zone())) {
                String place = area.label() + ", " + zone.label();
                atlas.spots(area).forEach(spot -> count(spot, place));
            }
        }
        scene.state()
                .players()
                .forEach((user, document) -> carried(new UserId(user), document.content()));
    }

    static List<Entry> of(Scene scene) {
        return new Census(scene).entries;
    }

    private void count(Spot spot, String place) {
        add(spot.things(Thing.Kind.ITEM), place);
        for (Thing npc : spot.things(Thing.Kind.CHARACTER)) {
            entries.add(new Entry(npc, place));
            add(
                    Thing.in(
                            Thing.Kind.ITEM,
                            Part.SHARED,
                            npc.pointer(),
                            npc.content(),
                            "inventory"),
                    "with " + npc.label() + ", " + place);
        }
    }

    private void carried(UserId user, JsonObject own) {
        add(
                Thing.in(Thing.Kind.ITEM, Part.own(user), Pointer.ROOT, own, "inventory"),
                "carried by " + user);
    }

    private void add(List<Thing> things, String place) {
        things.forEach(thing -> entries.add(new Entry(thing, place)));
    }
}
