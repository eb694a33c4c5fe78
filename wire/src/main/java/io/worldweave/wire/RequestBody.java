package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request, by the type that each must have; null counts as absent. What is wrong
 * is an {@link InvalidRequestException}.
 */
record RequestBody(JsonObject body) {
    /** Returns the text, which must be there, say something, and keep to the limit. */
    String text(String name, int characterLimit) {
        Json value = member(name);
        if (value == null) {
            throw invalid(name, "is missing");
        }
        if (!(value instanceof JsonString(String text))) {
            throw invalid(name, "must be a string");
        }
        if (text.isBlank()) {
            throw invalid(name, "must not be blank");
        }
        if (text.codePointCount(0, text.length()) > characterLimit) {
            throw invalid(name, "has more than " + characterLimit + " characters");
        }
        return text;
    }

    boolean flag(String name, boolean otherwise) {
        Json value = member(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof JsonBoolean bool)) {
            throw invalid(name, "must be true or false");
        }
        return bool.value();
    }

    /** Returns the id that {@code kind} makes of the text, or null if it is absent. */
    <T> @Nullable T id(String name, Function<String, T> kind) {
        Json value = member(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof JsonString(String text))) {
            throw invalid(name, "must be a string");
        }
        try {
            return kind.apply(text);
        } catch (IllegalArgumentException notOne) {
            throw new InvalidRequestException(
                    ErrorCode.INVALID_ID, Pointer.of(name), String.valueOf(notOne.getMessage()));
        }
    }

    @Nullable Json member(String name) {
        Json value = body.get(name);
        return value == JsonNull.NULL ? null : value;
    }

    static InvalidRequestException invalid(String name, String reason) {
        return new InvalidRequestException(ErrorCode.INVALID_REQUEST, Pointer.of(name), reason);
    }
}
