package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static final JsonObject DOCUMENT =
            JsonObject.of(
                    "name",
                    Json.of("Woander's \"Shop\"\n"),
                    "items",
                    Json.array(List.of(JsonObject.of(Json.INSTANCE_ID, Json.of("a")))),
                    "empty",
                    JsonObject.of("o", JsonObject.EMPTY, "a", JsonArray.EMPTY));

    @Test
    void compactTextIsOneLineWithoutWhiteSpace() {
        assertThat(new String(JsonWriter.compact(DOCUMENT), UTF_8))
                .isEqualTo(
                        """
                        {"name":"Woander's \\"Shop\\"\\n","items":[{"instance_id":"a"}],\
                        "empty":{"o":{},"a":[]}}\
                        """);
    }

    @Test
    void prettyTextIsIndentedByTwoSpaces() {
        assertThat(new String(JsonWriter.pretty(DOCUMENT), UTF_8))
                .isEqualTo(
                        """
                        {
                          "name": "Woander's \\"Shop\\"\\n",
                          "items": [
                            {
                              "instance_id": "a"
                            }
                          ],
                          "empty": {
                            "o": {},
                            "a": []
                          }
                        }
                        """);
    }

    @Test
    void whatIsWrittenIsReadAsTheSameValueAndTheSameText() {
        JsonReader reader = JsonReader.strict();
        Seeded.times(
                5_000,
                random -> {
                    Json value = new RandomJson(random).value(6);
                    byte[] text = JsonWriter.compact(value);
                    assertThat(reader.read(text)).isEqualTo(value);
                    assertThat(reader.read(JsonWriter.pretty(value))).isEqualTo(value);
                    assertThat(JsonWriter.compact(reader.read(text))).isEqualTo(text);
                });
    }

    @Test
    void noTextBreaksALineOrHoldsAControlCharacter() {
        Seeded.times(
                2_000,
                random -> {
                    for (byte b : JsonWriter.compact(new RandomJson(random).value(4))) {
                        assertThat(b < 0 || b >= ' ').isTrue();
                    }
                });
    }

    @Test
    void halfOfAPairIsWrittenAsTheReplacementCharacter() {
        assertThat(JsonWriter.compact(Json.of("a\ud83d"))).isEqualTo("\"a\ufffd\"".getBytes(UTF_8));
        assertThat(JsonWriter.compact(Json.of("\ude00\ud83d\ude00")))
                .isEqualTo("\"\ufffd\ud83d\ude00\"".getBytes(UTF_8));
    }

    @Test
    void aBufferGivesBackRoomButNothingThatItHolds() {
        Utf8Buffer out = new Utf8Buffer(1).ascii("a".repeat(1_000));
        out.trim(100);
        assertThat(out.size()).isEqualTo(1_000);
        out.clear();
        out.trim(100);
        out.ascii("b".repeat(1_000));
        assertThat(out).hasToString("b".repeat(1_000));
    }

    @Test
    void aBufferIsUsedAgain() {
        Utf8Buffer out = new Utf8Buffer(1);
        JsonWriter.append(DOCUMENT, out);
        String once = out.toString();
        out.clear();
        JsonWriter.append(DOCUMENT, out);
        assertThat(out).hasToString(once);
        out.append('\n').number(0).number(10).number(Long.MAX_VALUE);
        assertThat(out).hasToString(once + "\n0109223372036854775807");
    }
}
