package io.worldweave.wire.stored;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;

/**
 * Reads members that a store itself wrote: one that is not there as written is an {@link
 * IllegalArgumentException}, and means damage.
 */
public final class Fields {
    private Fields() {}

    public static String text(JsonObject object, String name) {
        String text = object.text(name);
        if (text == null) {
            throw new IllegalArgumentException("'" + name + "' is no text");
        }
        return text;
    }

    public static long number(JsonObject object, String name) {
        if (object.get(name) instanceof JsonNumber number) {
            try {
                return number.value().longValueExact();
            } catch (ArithmeticException fraction) {
                throw new IllegalArgumentException("'" + name + "' is no whole number", fraction);
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no number");
    }

    public static JsonObject object(JsonObject object, String name) {
        if (object.get(name) instanceof JsonObject inner) {
            return inner;
        }
        throw new IllegalArgumentException("'" + name + "' is no object");
    }

    public static Json value(JsonObject object, String name) {
        Json value = object.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }
}
