package io.worldweave.domain.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.kit.Seeded;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonNumberTest {
    private static final int DIGITS = 100;

    private static JsonNumber number(String text) {
        return new JsonNumber(new BigDecimal(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0, 0",
        "1731240000000, 1731240000000",
        "1.50, 1.5",
        "-12.5e1, -125",
        "1e20, 100000000000000000000",
        "1e-7, 0.0000001",
        "-1e39, -1000000000000000000000000000000000000000",
        "-1e40, -1E40",
        "1e-39, 0.000000000000000000000000000000000000001",
        "1e-40, 1E-40",
        "123e-1000000000, 1.23E-999999998",
        "123e-15000, 123E-15000",
        "1e2000000000, 1E2000000000",
    })
    void aNumberHasOneText(String written, String text) {
        assertThat(number(written)).hasToString(text);
    }

    @Test
    void manyDigitsAreNotMadeMore() {
        assertThat(number("1".repeat(90) + "e19")).hasToString("1".repeat(90) + "E19");
        assertThat(number("1".repeat(90) + "0")).hasToString("1".repeat(90) + "0");
        assertThat(number("1".repeat(90) + "00")).hasToString("1".repeat(90) + "E2");
        assertThat(number("0.0" + "1".repeat(90))).hasToString("1." + "1".repeat(89) + "E-2");
        assertThat(number("0." + "1".repeat(90))).hasToString("0." + "1".repeat(90));
        assertThat(number("1." + "1".repeat(90) + "e-9"))
                .hasToString("1." + "1".repeat(90) + "E-9");
    }

    @Test
    void theTextIsTheSameNumberAndHasNoMoreDigitsThanTheOneThatWasRead() {
        Seeded.times(
                20_000,
                random -> {
                    String read = text(random);
                    JsonNumber number = number(read);
                    String written = number.toString();

                    assertThat(number(written)).as(read).isEqualTo(number);
                    assertThat(digits(written))
                            .as("%s as %s", read, written)
                            .isLessThanOrEqualTo(Math.max(JsonNumber.PLAIN_DIGITS, digits(read)));
                });
    }

    /** Returns a number as RFC 8259 writes it, with its point and its exponent anywhere. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
        text.append(new BigInteger(1 + random.nextInt(DIGITS * 3), random));
        if (random.nextBoolean()) {
            text.append('.').append("0".repeat(random.nextInt(20)));
            text.append(new BigInteger(1 + random.nextInt(DIGITS), random));
            text.append("0".repeat(random.nextInt(3)));
        }
        if (random.nextBoolean()) {
            text.append(random.nextBoolean() ? 'e' : 'E');
            text.append(new String[] {"", "+", "-"}[random.nextInt(3)]);
            text.append(random.nextInt(random.nextBoolean() ? 20 : 400));
        }
        return text.toString();
    }

    private static long digits(String text) {
        return text.chars().filter(Character::isDigit).count();
    }
}
