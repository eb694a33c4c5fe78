package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;

/** Reads members that the store itself wrote; one that is not there as written means damage. */
final class Fields {
    private Fields() {}

    static String text(JsonObject object, String name) {
        String text = object.text(name);
        if (text == null) {
            throw new IllegalArgumentException("'" + name + "' is no text");
        }
        return text;
    }

    static long number(JsonObject object, String name) {
        if (object.get(name) instanceof JsonNumber number) {
            try {
                return number.value().longValueExact();
            } catch (ArithmeticException fraction) {
                throw new IllegalArgumentException("'" + name + "' is no whole number", fraction);
            }
        }
        throw new IllegalArgumentException("'" + name + "' is no number");
    }

    static JsonObject object(JsonObject object, String name) {
        if (object.get(name) instanceof JsonObject inner) {
            return inner;
        }
        throw new IllegalArgumentException("'" + name + "' is no object");
    }

    static Json value(JsonObject object, String name) {
        Json value = object.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value;
    }
}
