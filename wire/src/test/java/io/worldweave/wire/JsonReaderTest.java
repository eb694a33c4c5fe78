package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {
    private static Json read(String text) {
        return JsonReader.strict().read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MalformedJsonException refused(String text) {
        return catchThrowableOfType(MalformedJsonException.class, () -> read(text));
    }

    @Test
    void aValueOfEveryKindIsRead() {
        assertThat(read(" {\"a\":[1,-2.5e3,true,false,null,\"\\u00e9\\n\"],\"b\":{}} "))
                .hasToString("{\"a\":[1,-2500,true,false,null,\"é\\n\"],\"b\":{}}");
    }

    @Test
    void anArrayOfItemsIsACollection() {
        assertThat(read("[{\"instance_id\":\"a\"},{\"instance_id\":\"b\"}]"))
                .isInstanceOf(JsonCollection.class);
        assertThat(read("[{\"instance_id\":\"a\"},{\"instance_id\":\"a\"}]"))
                .isInstanceOf(JsonArray.class);
    }

    @Test
    void membersKeepTheirOrder() {
        assertThat(((JsonObject) read("{\"z\":1,\"a\":2,\"m\":3}")).names())
                .containsExactly("z", "a", "m");
    }

    @Test
    void theLimitOfDepthIsTheLastThatPasses() {
        int limit = ReadLimits.REQUEST.depth();
        assertThat(read("[".repeat(limit) + "]".repeat(limit))).isNotNull();
        MalformedJsonException deeper = refused("[".repeat(limit + 1) + "]".repeat(limit + 1));
        assertThat(deeper.code()).isEqualTo(ErrorCode.TOO_DEEP);
        assertThat(deeper.column()).isEqualTo(limit + 1);
    }

    @Test
    void theLimitOfLengthIsTheLastThatPasses() {
        int limit = ReadLimits.REQUEST.bytes();
        assertThat(read(" ".repeat(limit - 1) + "1")).isEqualTo(Json.of(1));
        assertThat(refused(" ".repeat(limit) + "1").code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aNumberIsWithinTheRangeOfADouble() {
        assertThat(read("1E+300")).hasToString("1E300");
        assertThat(read("0e999999999999")).isEqualTo(Json.of(0));
        assertThat(read("-0.0")).isEqualTo(Json.of(0));
        assertThat(read("9".repeat(100)).toString()).hasSizeLessThan(110);
        assertThat(refused("1e400").reason()).contains("beyond what a double holds: 1e400");
        assertThat(refused("1e-400").reason()).contains("beyond what a double holds: 1e-400");
    }

    @Test
    void aNumberThatWasReadIsReadAgainFromWhatIsWritten() {
        int[] accepted = new int[1];
        Seeded.times(
                20_000,
                random -> {
                    String text = RandomJson.numberText(random, ReadLimits.REQUEST.numberChars());
                    Json number;
                    try {
                        number = read(text);
                    } catch (MalformedJsonException _) {
                        return;
                    }
                    accepted[0]++;
                    String written = number.toString();
                    assertThat(read(written)).as("%s as %s", text, written).isEqualTo(number);
                });
        assertThat(accepted[0]).as("numbers that were read").isPositive();
    }

    @Test
    void theReasonNamesThePlace() {
        MalformedJsonException exception = refused("{\n  \"a\": 1,\n  \"a\": 2}");
        assertThat(exception.reason()).isEqualTo("a member name stands twice in an object: a");
        assertThat(exception.line()).isEqualTo(3);
        assertThat(exception.column()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[NaN]                | this is no value: NaN (line 1, column 5)",
                "{\"a\":-Infinity}    | this is no value: -Infinity (line 1, column 15)",
                "undefined            | this is no value: undefined (line 1, column 1)",
                "//c                  | JSON has no comments, but here is / (line 1, column 1)",
                "[+1]                 | a number cannot go on with + (line 1, column 3)",
                "1.x                  | a number cannot go on with x (line 1, column 2)",
                "01                   | a number begins with a zero too many (line 1, column 2)",
                "0x10                 | the value cannot go on with x (line 1, column 2)",
                "{'a':1}              | a name in double quotes was expected, not ' (line 1, column 2)",
                "{\"a\" 1}            | a colon was expected, not 1 (line 1, column 6)",
                "[1 2]                | a comma or the end was expected, not 2 (line 1, column 4)",
                "[1,]                 | a value was expected, not ] (line 1, column 4)",
                "[\u007f]             | a value was expected, not U+007F (line 1, column 2)",
                "[1}                  | a bracket closes what it did not open (line 1, column 3)",
                "\"\\x\"              | a backslash in a string escapes nothing (line 1, column 3)",
                "\"\\u12g4\"          | \\u is followed by four hex digits, not by g (line 1, column 6)",
                "\"a\tb\"             | a control character in a string is not escaped (line 1, column 3)",
                "[1,\u0001]           | a control character is not in a string (line 1, column 5)",
                "{\"a\":1             | the text ends before the value does (line 1, column 7)",
                "\"abc                | the text ends before the value does (line 1, column 5)",
                "-                    | the text ends before the value does (line 1, column 2)",
            })
    void aFaultOfSyntaxIsToldInPlainWordsAndWithItsPlace(String text, String message) {
        assertThat(refused(text)).hasMessage(message);
    }

    @Test
    void whatIsQuotedIsShortAndHarmless() {
        assertThat(refused("[" + "x".repeat(300) + "]").reason()).hasSizeLessThan(200);
    }

    @Test
    void onlyAnObjectIsReadAsAnObject() {
        MalformedJsonException exception =
                catchThrowableOfType(
                        MalformedJsonException.class,
                        () ->
                                JsonReader.strict()
                                        .readObject("[]".getBytes(StandardCharsets.UTF_8)));
        assertThat(exception.reason()).isEqualTo("the value is no object");
    }
}
