package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.List;
import java.util.Set;

/**
 * Where a collection of items is: in a zone, an area or a spot of the world, or anywhere else.
 *
 * @param levels how many of zone, area and spot hold it; 0 if it is elsewhere
 */
record CollectionPlace(Part part, Pointer collection, int levels) {
    /** Members that hold items by their ids, wherever they are. */
    private static final Set<String> NAMES = Set.of("items", "npcs", "inventory");

    private static final List<String> IDS = List.of("zone_id", "area_id", "spot_id");

    /** The collection of a place that its ids alone name. */
    private static final String USUAL = "items";

    /** Returns the index of the token that is the id of the innermost item, or -1 if none is. */
    static int itemToken(Part part, Pointer pointer) {
        List<String> tokens = pointer.tokens();
        int first = part instanceof Part.Shared ? 2 * DottedPath.levels(tokens) : 0;
        for (int i = tokens.size() - 1; i > first; i--) {
            if (NAMES.contains(tokens.get(i - 1))) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the place of the collection whose item is at the token {@code item}. */
    static CollectionPlace of(Part part, Pointer pointer, int item) {
        Pointer collection = new Pointer(pointer.tokens().subList(0, item));
        int levels = part instanceof Part.Shared ? DottedPath.levels(collection.tokens()) : 0;
        return new CollectionPlace(part, collection, levels);
    }

    /** Returns the dotted path, or throws {@link InexpressibleException}. */
    String path() {
        return DottedPath.of(part, collection);
    }

    /** Returns {@code change} with the members by which version 0.4 names this place. */
    JsonObject named(JsonObject change) {
        if (levels == 0) {
            return change.with("area_id", JsonNull.NULL).with("path", Json.of(path()));
        }
        JsonObject named = change;
        for (int i = 0; i < IDS.size(); i++) {
            named =
                    named.with(
                            IDS.get(i),
                            i < levels
                                    ? Json.of(collection.tokens().get(2 * i + 1))
                                    : JsonNull.NULL);
        }
        boolean usual = collection.depth() == 2 * levels + 1 && collection.last().equals(USUAL);
        return usual ? named : named.with("path", Json.of(path()));
    }
}
