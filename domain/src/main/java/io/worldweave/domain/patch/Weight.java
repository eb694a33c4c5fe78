package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;

/**
 * How much a value is: its values, and the characters of its texts and names. Not thread-safe: of
 * one weighing.
 */
final class Weight {
    private int left;

    private Weight(int limit) {
        this.left = limit;
    }

    /** Returns the weight, or the limit if it is that or more; goes no further than the limit. */
    static int upTo(int limit, Json value) {
        Weight weight = new Weight(limit);
        weight.add(value);
        return limit - Math.max(0, weight.left);
    }

    private void add(Json value) {
        left--;
        if (left <= 0) {
            return;
        }
        switch (value) {
            case JsonObject object -> object.forEach(this::member);
            case JsonArray array -> array.elements().forEach(this::element);
            case JsonCollection collection -> collection.forEach((_, item) -> element(item));
            case JsonString(String text) -> left -= text.length();
            case JsonNumber _, JsonBoolean _, JsonNull _ -> {}
        }
    }

    private void member(String name, Json value) {
        left -= name.length();
        element(value);
    }

    private void element(Json value) {
        if (left > 0) {
            add(value);
        }
    }
}
