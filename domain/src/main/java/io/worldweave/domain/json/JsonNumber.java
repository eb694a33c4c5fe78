package io.worldweave.domain.json;

import java.math.BigDecimal;

/** A JSON number; {@code 1}, {@code 1.0} and {@code 1e0} are equal. */
public record JsonNumber(BigDecimal value) implements Json {
    public JsonNumber {
        value = value.stripTrailingZeros();
    }

    @Override
    public String toString() {
        return value.scale() <= 0 && value.scale() > -20
                ? value.toBigInteger().toString()
                : value.toString();
    }
}
