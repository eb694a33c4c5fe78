package io.worldweave.domain.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
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

    public JsonObject with(String name, Json value) {
        return new JsonObject(members.with(name, value));
    }

    public JsonObject without(String name) {
        return members.get(name) == null ? this : new JsonObject(members.without(name));
    }

    /**
     * Returns this object with the members of {@code overlay} added, or in the place of those of
     * the same name.
     */
    public JsonObject overlaidBy(JsonObject overlay) {
        PersistentMap<Json>[] result = newCell(members);
        overlay.forEach((name, value) -> result[0] = result[0].with(name, value));
        return new JsonObject(result[0]);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static PersistentMap<Json>[] newCell(PersistentMap<Json> start) {
        PersistentMap[] cell = {start};
        return cell;
    }

    public void forEach(BiConsumer<String, Json> action) {
        members.forEach(action);
    }

    public List<String> names() {
        List<String> names = new ArrayList<>(members.size());
        members.forEach((name, value) -> names.add(name));
        return names;
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
