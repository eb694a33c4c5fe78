package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.List;

/** A change in the terms of clients: items in collections, and values at dotted paths. */
sealed interface ClientChange {
    /** An item that came into a collection. */
    record ItemAdded(CollectionPlace in, JsonObject item) implements ClientChange {}

    /** An item that left a collection. */
    record ItemRemoved(CollectionPlace in, String id) implements ClientChange {}

    /**
     * An item that stays in its collection.
     *
     * @param changed what is merged into the item, object into object
     */
    record ItemUpdated(CollectionPlace in, String id, JsonObject changed) implements ClientChange {}

    /**
     * A value that is set.
     *
     * @param added whether it is new there
     */
    record ValueSet(String path, boolean added, Json value) implements ClientChange {}

    /** A value that is gone. */
    record ValueRemoved(String path) implements ClientChange {}

    /**
     * Returns what clients are told of {@code change}, usually one thing, or throws {@link
     * InexpressibleException}.
     *
     * <p>A change does not say whether a token of its pointer is a name, an instance id or an
     * index. Names of collections are known ({@link CollectionPlace}); anything else that looks
     * like an index is taken for one, and no version can express it.
     */
    static List<ClientChange> of(Change change) {
        Pointer pointer = change.pointer();
        if (pointer.isRoot()) {
            return List.of(wholeDocument(change));
        }
        int item = CollectionPlace.itemToken(change.part(), pointer);
        if (item < 0) {
            return List.of(atPath(change));
        }
        CollectionPlace place = CollectionPlace.of(change.part(), pointer, item);
        return item == pointer.depth() - 1
                ? wholeItem(change, place, pointer.last())
                : List.of(insideItem(change, place, item));
    }

    /** A player's own part is small and can be told; a world is what snapshots are for. */
    private static ClientChange wholeDocument(Change change) {
        if (change.part() instanceof Part.Shared) {
            throw new InexpressibleException("a whole world is replaced");
        }
        String path = DottedPath.of(change.part(), Pointer.ROOT);
        return switch (change) {
            case Change.Add add -> new ValueSet(path, true, add.value());
            case Change.Replace replace -> new ValueSet(path, false, replace.value());
            // As in a snapshot: a player without a part of its own has null.
            case Change.Remove _ -> new ValueSet(path, false, JsonNull.NULL);
        };
    }

    private static List<ClientChange> wholeItem(Change change, CollectionPlace place, String id) {
        return switch (change) {
            case Change.Add add -> List.of(new ItemAdded(place, item(add.value(), id)));
            case Change.Remove _ -> {
                refuseIndex(id);
                yield List.of(new ItemRemoved(place, id));
            }
            // An update would leave the members that the new item lacks.
            case Change.Replace replace -> {
                JsonObject item = item(replace.value(), id);
                refuseIndex(id);
                yield List.of(new ItemRemoved(place, id), new ItemAdded(place, item));
            }
        };
    }

    private static JsonObject item(Json value, String id) {
        if (value instanceof JsonObject item
                && item.get(Json.INSTANCE_ID) instanceof JsonString(String own)
                && (own.equals(id) || id.equals("-"))) {
            return item;
        }
        throw new InexpressibleException("an array's element without instance_id is changed");
    }

    private static ClientChange insideItem(Change change, CollectionPlace place, int item) {
        List<String> tokens = change.pointer().tokens();
        refuseIndex(tokens.get(item));
        Json nested =
                switch (change) {
                    case Change.Add add -> add.value();
                    case Change.Replace replace -> replace.value();
                    case Change.Remove _ ->
                            throw new InexpressibleException("a member of an item is removed");
                };
        if (nested instanceof JsonObject) {
            // Merged in, it would leave what the old object has and the new one lacks.
            throw new InexpressibleException("an object inside an item is replaced");
        }
        for (int i = tokens.size() - 1; i > item; i--) {
            refuseIndex(tokens.get(i));
            nested = JsonObject.of(tokens.get(i), nested);
        }
        return new ItemUpdated(place, tokens.get(item), (JsonObject) nested);
    }

    private static ClientChange atPath(Change change) {
        String path = DottedPath.of(change.part(), change.pointer());
        return switch (change) {
            case Change.Add add -> new ValueSet(path, true, add.value());
            case Change.Replace replace -> new ValueSet(path, false, replace.value());
            case Change.Remove _ -> new ValueRemoved(path);
        };
    }

    private static void refuseIndex(String token) {
        if (DottedPath.mayBeIndex(token)) {
            throw new InexpressibleException("an element of an array may be meant: " + token);
        }
    }
}
