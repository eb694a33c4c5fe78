package io.worldweave.domain.json;

import java.util.Objects;

/** A JSON string: Unicode text without lone surrogates, which its readers see to. */
public record JsonString(String value) implements Json {
    public JsonString {
        Objects.requireNonNull(value, "value");
    }

    @Override
    public String toString() {
        return JsonText.quote(value);
    }
}
