package io.worldweave.domain.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON as clients see it (RFC 8259): a collection is an array like any other, whose elements are
 * named by their index and whose order counts.
 */
public final class PlainJson {
    private PlainJson() {}

    /** Returns the elements of an array of either kind, in order; null of anything else. */
    public static @Nullable List<? extends Json> elements(Json value) {
        return switch (value) {
            case JsonCollection collection -> collection.items();
            case JsonArray array -> array.elements();
            default -> null;
        };
    }

    /**
     * Returns what stands at the pointer, whose tokens are indices in every array, or null if
     * nothing does.
     */
    public static @Nullable Json at(Json document, Pointer pointer) {
        Json at = document;
        for (String token : pointer.tokens()) {
            Json next = at instanceof JsonObject object ? object.get(token) : element(at, token);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    private static @Nullable Json element(Json array, String token) {
        List<? extends Json> elements = elements(array);
        int index = Pointer.index(token);
        return elements != null && index >= 0 && index < elements.size()
                ? elements.get(index)
                : null;
    }

    /**
     * Returns whether the two are the same to a client: as {@link Object#equals}, but the order of
     * a collection's items counts.
     */
    @SuppressWarnings("ReferenceEquality") // what is shared is equal
    public static boolean same(Json one, Json other) {
        if (one == other) {
            return true;
        }
        return switch (one) {
            case JsonObject object -> other instanceof JsonObject second && same(object, second);
            case JsonArray array -> other instanceof JsonArray second && same(array, second);
            case JsonCollection collection ->
                    other instanceof JsonCollection second
                            && collection.size() == second.size()
                            && same(collection.items(), second.items());
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> one.equals(other);
        };
    }

    private static boolean same(JsonObject one, JsonObject other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (String name : one.names()) {
            Json here = one.get(name);
            Json there = other.get(name);
            if (here == null || there == null || !same(here, there)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(JsonArray one, JsonArray other) {
        return same(one.elements(), other.elements());
    }

    private static boolean same(List<? extends Json> one, List<? extends Json> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
