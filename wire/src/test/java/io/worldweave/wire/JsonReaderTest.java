package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

    @Test
    void theReasonSaysNothingAboutTheParser() {
        assertThat(refused("{\"a\":1").reason()).doesNotContain("Source", "start marker");
        assertThat(refused("[1,2\u0000]").reason()).doesNotContain("Source").doesNotContain("\0");
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
