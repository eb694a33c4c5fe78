package io.worldweave.domain.json;

import java.math.BigDecimal;

/**
 * A JSON number; {@code 1}, {@code 1.0} and {@code 1e0} are equal.
 *
 * <p>It has one text: without an exponent where that takes at most {@link #PLAIN_DIGITS}, and
 * otherwise the one with the fewest digits, those of the exponent counted too. So a text longer
 * than that has no more digits than any other text of the same number, and whoever could read the
 * number, whatever digits it may have, can read it again.
 */
public record JsonNumber(BigDecimal value) implements Json {
    /** With so many digits a text never has an exponent. */
    public static final int PLAIN_DIGITS = 40;

    public JsonNumber {
        value = value.stripTrailingZeros();
    }

    @Override
    public String toString() {
        long plainDigits = plainDigits();
        if (plainDigits <= PLAIN_DIGITS) {
            return value.toPlainString();
        }
        String whole = value.unscaledValue() + "E" + -(long) value.scale();
        String scientific = scientific();
        String shorter = whole.length() < scientific.length() ? whole : scientific;
        return plainDigits <= digits(shorter) ? value.toPlainString() : shorter;
    }

    /** Returns how many digits the text without an exponent has; there may be billions. */
    private long plainDigits() {
        long digits = value.precision();
        long scale = value.scale();
        return scale <= 0 ? digits - scale : Math.max(digits, scale + 1);
    }

    /** Returns the text with one digit before the point. */
    private String scientific() {
        String digits = value.unscaledValue().abs().toString();
        long exponent = digits.length() - 1L - value.scale();
        return (value.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "E"
                + exponent;
    }

    private static long digits(String text) {
        return text.chars().filter(c -> c >= '0' && c <= '9').count();
    }
}
