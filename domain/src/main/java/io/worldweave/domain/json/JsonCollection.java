package io.worldweave.domain.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON array of objects that are told apart by their {@code instance_id}, in the order in which
 * they came.
 *
 * <p>Looking up, adding, replacing and removing an item cost the same whatever the number of items.
 * Two collections are equal if they hold equal items, in whatever order. It is never empty: {@link
 * JsonArray#EMPTY} is.
 */
public final class JsonCollection implements Json {
    private final PersistentMap<JsonObject> items;

    private JsonCollection(PersistentMap<JsonObject> items) {
        this.items = items;
    }

    /**
     * Returns the collection of the given items; each must have an {@code instance_id} of its own.
     */
    public static JsonCollection of(List<JsonObject> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a collection holds at least one item");
        }
        Map<String, JsonObject> byId = LinkedHashMap.newLinkedHashMap(items.size());
        for (JsonObject item : items) {
            if (byId.put(idOf(item), item) != null) {
                throw new IllegalArgumentException("an instance_id stands twice in a collection");
            }
        }
        return new JsonCollection(PersistentMap.copyOf(byId));
    }

    /** Returns the item's {@code instance_id}; an item without one is the caller's mistake. */
    public static String idOf(JsonObject item) {
        if (item.get(INSTANCE_ID) instanceof JsonString id) {
            return id.value();
        }
        throw new IllegalArgumentException("an item of a collection lacks its instance_id");
    }

    public int size() {
        return items.size();
    }

    public @Nullable JsonObject get(String instanceId) {
        return items.get(instanceId);
    }

    /**
     * Returns this collection with {@code item} added at the end, or in the place of the one of the
     * same id.
     */
    public JsonCollection with(JsonObject item) {
        return with(idOf(item), item);
    }

    /** The same for a caller who knows the item's id, so that the item need not be looked into. */
    @SuppressWarnings("ReferenceEquality") // the map says so when nothing changed
    public JsonCollection with(String instanceId, JsonObject item) {
        PersistentMap<JsonObject> changed = items.with(instanceId, item);
        return changed == items ? this : new JsonCollection(changed);
    }

    /** Returns what is left without that item: {@link JsonArray#EMPTY} if nothing is. */
    public Json without(String instanceId) {
        PersistentMap<JsonObject> left = items.without(instanceId);
        if (left.size() == size()) {
            return this;
        }
        return left.isEmpty() ? JsonArray.EMPTY : new JsonCollection(left);
    }

    public void forEach(BiConsumer<String, JsonObject> action) {
        items.forEach(action);
    }

    /** Returns the items in order; costs as many steps as there are items. */
    public List<JsonObject> items() {
        List<JsonObject> list = new ArrayList<>(items.size());
        items.forEach((id, item) -> list.add(item));
        return list;
    }

    /** Returns the ids in order; costs as many steps as there are items. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>(items.size());
        items.forEach((id, item) -> ids.add(id));
        return ids;
    }

    boolean anyMatch(Predicate<? super JsonObject> predicate) {
        return items.anyMatch(predicate);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonCollection collection && items.equals(collection.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return JsonText.write(this);
    }
}
