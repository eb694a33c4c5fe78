package io.worldweave.domain.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The places of a document that changes name, as a tree along their pointers. Not thread-safe:
 * {@link NetEffect}'s.
 */
final class Touched {
    private final Map<String, Touched> inner = new LinkedHashMap<>();
    private int count;
    private boolean isNamed;
    private boolean grewByIndex;

    void add(Change change) {
        Touched at = this;
        at.count++;
        int last = change.pointer().depth() - 1;
        for (int i = 0; i <= last; i++) {
            String token = change.pointer().tokens().get(i);
            at.grewByIndex |= i == last && givesByIndex(change, token);
            at = at.inner.computeIfAbsent(token, _ -> new Touched());
            at.count++;
        }
        at.isNamed = true;
    }

    /**
     * Returns whether the token may be an index at which the change puts something: then it does
     * not say what to look for if the array became a collection.
     */
    private static boolean givesByIndex(Change change, String token) {
        Json value =
                switch (change) {
                    case Change.Add add -> add.value();
                    case Change.Replace replace -> replace.value();
                    case Change.Remove _ -> null;
                };
        boolean isItem =
                value instanceof JsonObject object && token.equals(object.text(Json.INSTANCE_ID));
        return value != null && !isItem && (token.equals("-") || Pointer.index(token) >= 0);
    }

    /** Returns how many changes were made here or below. */
    int count() {
        return count;
    }

    /** Returns whether this place, which was and is such, is to be compared as a whole. */
    boolean isWhole(Json before, Json after) {
        if (before instanceof JsonObject && after instanceof JsonObject) {
            return isNamed;
        }
        return isNamed
                || grewByIndex
                || !(before instanceof JsonCollection && after instanceof JsonCollection);
    }

    void forEach(BiConsumer<String, Touched> action) {
        inner.forEach(action);
    }
}
