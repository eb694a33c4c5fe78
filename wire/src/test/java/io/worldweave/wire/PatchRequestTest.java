package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.patch.JsonPatch;
import io.worldweave.domain.patch.Operation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchRequestTest {
    @Test
    void theSixOperationsAreRead() {
        assertThat(
                        patch(
                                        """
                                        [{"op":"add","path":"/a/-","value":null},
                                         {"op":"remove","path":"/a/0","value":"ignored"},
                                         {"op":"replace","path":"","value":1},
                                         {"op":"move","from":"/x~1y","path":"/m~0n"},
                                         {"op":"copy","path":"/b","from":""},
                                         {"op":"test","path":"/ ","value":true,"note":{}}]
                                        """)
                                .operations())
                .containsExactly(
                        new Operation.Add(Pointer.of("a", "-"), JsonNull.NULL),
                        new Operation.Remove(Pointer.of("a", "0")),
                        new Operation.Replace(Pointer.ROOT, Json.of(1)),
                        new Operation.Move(Pointer.of("x/y"), Pointer.of("m~n")),
                        new Operation.Copy(Pointer.ROOT, Pointer.of("b")),
                        new Operation.Expect(Pointer.of(" "), Json.of(true)));
    }

    @Test
    void noOperationsAreAPatch() {
        assertThat(patch("[]").operations()).isEmpty();
    }

    @Test
    void operationsThatHaveIdsAreOperationsStill() {
        assertThat(
                        patch("[{\"op\":\"remove\",\"path\":\"/a\",\"instance_id\":\"x\"}]")
                                .operations())
                .containsExactly(new Operation.Remove(Pointer.of("a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|``",
                "null|``",
                "[1]|/0",
                "[{}]|/0/op",
                "[{\"op\":1,\"path\":\"\"}]|/0/op",
                "[{\"op\":\"merge\",\"path\":\"\"}]|/0/op",
                "[{\"op\":\"ADD\",\"path\":\"\",\"value\":1}]|/0/op",
                "[{\"op\":\"remove\"}]|/0/path",
                "[{\"op\":\"remove\",\"path\":[]}]|/0/path",
                "[{\"op\":\"remove\",\"path\":\"a\"}]|/0/path",
                "[{\"op\":\"remove\",\"path\":\"/~2\"}]|/0/path",
                "[{\"op\":\"add\",\"path\":\"/a\"}]|/0/value",
                "[{\"op\":\"test\",\"path\":\"/a\"}]|/0/value",
                "[{\"op\":\"replace\",\"path\":\"/a\"}]|/0/value",
                "[{\"op\":\"move\",\"path\":\"/a\"}]|/0/from",
                "[{\"op\":\"remove\",\"path\":\"/a\"},{\"op\":\"copy\",\"path\":\"/a\",\"from\":\"b\"}]|/1/from"
            })
    void whatIsNoPatchIsRefusedWithItsPlace(String text, String place) {
        assertThatThrownBy(() -> patch(text))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        wrong -> assertThat(wrong.pointer()).hasToString(place));
    }

    private static JsonPatch patch(String text) {
        return PatchRequest.of(JsonReader.strict().read(text.getBytes(StandardCharsets.UTF_8)));
    }
}
