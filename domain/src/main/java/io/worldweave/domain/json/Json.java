package io.worldweave.domain.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An immutable JSON value. Equal values have equal content; the order of an object's members does
 * not count.
 */
public sealed interface Json
        permits JsonObject,
                JsonArray,
                JsonCollection,
                JsonString,
                JsonNumber,
                JsonBoolean,
                JsonNull {

    /** The member that makes an object an element of a {@link JsonCollection}. */
    String INSTANCE_ID = "instance_id";

    static JsonString of(String text) {
        return new JsonString(text);
    }

    static JsonNumber of(long number) {
        return new JsonNumber(BigDecimal.valueOf(number));
    }

    static JsonNumber of(double number) {
        return new JsonNumber(BigDecimal.valueOf(number));
    }

    static JsonBoolean of(boolean value) {
        return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
    }

    /**
     * Returns the elements as a {@link JsonCollection} if there is at least one and every one is an
     * object with a text of its own as {@code instance_id}, and as a {@link JsonArray} otherwise.
     */
    static Json array(List<? extends Json> elements) {
        Set<String> ids = HashSet.newHashSet(elements.size());
        List<JsonObject> items = new ArrayList<>(elements.size());
        for (Json element : elements) {
            if (!(element instanceof JsonObject object)
                    || !(object.get(INSTANCE_ID) instanceof JsonString id)
                    || !ids.add(id.value())) {
                return new JsonArray(List.copyOf(elements));
            }
            items.add(object);
        }
        return items.isEmpty() ? JsonArray.EMPTY : JsonCollection.of(items);
    }

    /** Returns whether anything within this value is more than {@code levels} steps down. */
    default boolean isDeeperThan(int levels) {
        Predicate<Json> isTooDeep = inner -> levels == 0 || inner.isDeeperThan(levels - 1);
        return switch (this) {
            case JsonObject object -> object.anyMatch(isTooDeep);
            case JsonCollection collection -> collection.anyMatch(isTooDeep);
            case JsonArray array -> array.elements().stream().anyMatch(isTooDeep);
            case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> false;
        };
    }
}
