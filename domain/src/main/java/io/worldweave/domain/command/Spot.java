package io.worldweave.domain.command;

import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.List;

/** Where in an area things stand. */
record Spot(Pointer pointer, JsonObject content) {
    /** A spot holds at most so many items. */
    static final int ITEM_LIMIT = 10_000;

    Pointer items() {
        return pointer.child("items");
    }

    /** Returns whether one more item, that of this id, can be put here. */
    boolean hasRoomFor(String instanceId) {
        return !(content.get("items") instanceof JsonCollection items)
                || (items.size() < ITEM_LIMIT && items.get(instanceId) == null);
    }

    List<Thing> things(Thing.Kind kind) {
        String member = kind == Thing.Kind.ITEM ? "items" : "npcs";
        return Thing.in(kind, Part.SHARED, pointer, content, member);
    }
}
