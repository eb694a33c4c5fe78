package io.worldweave.domain.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object: members by name, in the order in which they were first given.
 *
 * <p>{@link #get}, {@link #with} and {@link #without} cost the same whatever the number of members;
 * objects share what they have in common.
 */
public final class JsonObject implements Json {
    public static final JsonObject EMPTY = new JsonObject(PersistentMap.empty());

    private final PersistentMap<Json> members;

    private JsonObject(PersistentMap<Json> members) {
        this.members = members;
    }

    public static JsonObject of(String name, Json value) {
        return EMPTY.with(name, value);
    }

    public static JsonObject of(String name, Json value, String name2, Json value2) {
        return of(name, value).with(name2, value2);
    }

    public static JsonObject of(
            String name, Json value, String name2, Json value2, String name3, Json value3) {
        return of(name, value, name2, value2).with(name3, value3);
    }

    /** Returns the members of {@code map} in its order; the way to build a large object at once. */
    public static JsonObject of(Map<String, ? extends Json> map) {
        return map.isEmpty() ? EMPTY : new JsonObject(PersistentMap.copyOf(map));
    }

    public int size() {
        return members.size();
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public @Nullable Json get(String name) {
        return members.get(name);
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** Returns the text of the member, or null if it is absent or no string. */
    public @Nullable String text(String name) {
        return members.get(name) instanceof JsonString string ? string.value() : null;
    }

    /** Returns the text of the member, or {@code otherwise} if it is absent or no string. */
    public String text(String name, String otherwise) {
        return members.get(name) instanceof JsonString string ? string.value() : otherwise;
    }

    /** Returns the member if it is an object, and the empty object otherwise. */
    public JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : EMPTY;
    }

    /** Returns whether the member is {@code true}; absent or anything else is {@code otherwise}. */
    public boolean flag(String name, boolean otherwise) {
        return members.get(name) instanceof JsonBoolean bool ? bool.value() : otherwise;
    }

    /** Returns the items of the member if it is a collection, and none otherwise. */
    public List<JsonObject> items(String name) {
        return members.get(name) instanceof JsonCollection collection
                ? collection.items()
                : List.of();
    }

    @SuppressWarnings("ReferenceEquality") // the map says so when nothing changed
    public JsonObject with(String name, Json value) {
        PersistentMap<Json> changed = members.with(name, value);
        return changed == members ? this : new JsonObject(changed);
    }

    public JsonObject without(String name) {
        PersistentMap<Json> left = members.without(name);
        return left.size() == size() ? this : new JsonObject(left);
    }

    /**
     * Returns this object with the members of {@code overlay} added, or in the place of those of
     * the same name.
     */
    public JsonObject overlaidBy(JsonObject overlay) {
        PersistentMap<Json> result = members;
        for (String name : overlay.names()) {
            result = result.with(name, Objects.requireNonNull(overlay.members.get(name)));
        }
        return new JsonObject(result);
    }

    public void forEach(BiConsumer<String, Json> action) {
        members.forEach(action);
    }

    public List<String> names() {
        List<String> names = new ArrayList<>(members.size());
        members.forEach((name, value) -> names.add(name));
        return names;
    }

    boolean anyMatch(Predicate<? super Json> predicate) {
        return members.anyMatch(predicate);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return JsonText.write(this);
    }
}
