package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import java.math.BigDecimal;
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

    /** Returns the number, which must be there and within the range. */
    double number(String name, double least, double most) {
        Json value = member(name);
        if (value == null) {
            throw invalid(name, "is missing");
        }
        if (!(value instanceof JsonNumber(BigDecimal exact))) {
            throw invalid(name, "must be a number");
        }
        double number = exact.doubleValue();
        if (!(number >= least && number <= most)) {
            throw invalid(name, "is from %.0f to %.0f".formatted(least, most));
        }
        return number;
    }

    /** Checks that the member is a number if it is there. */
    void tolerateNumber(String name) {
        Json value = member(name);
        if (value != null && !(value instanceof JsonNumber)) {
            throw invalid(name, "must be a number");
        }
    }

    /** Returns the members of the object that must be there. */
    RequestBody inner(String name) {
        if (!(member(name) instanceof JsonObject object)) {
            throw invalid(name, "must be an object");
        }
        return new RequestBody(object);
    }

    boolean has(String name) {
        return member(name) != null;
    }

    @Nullable Json member(String name) {
        Json value = body.get(name);
        return value == JsonNull.NULL ? null : value;
    }

    static InvalidRequestException invalid(String name, String reason) {
        return new InvalidRequestException(ErrorCode.INVALID_REQUEST, Pointer.of(name), reason);
    }
}
