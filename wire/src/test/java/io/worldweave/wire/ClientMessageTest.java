package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.zone.Coordinates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"update_location\",\"lat\":37.9,\"lng\":-122.5}",
                "{\"type\":\"update_location\",\"lat\":37.9,\"lng\":-122.5,\"altitude\":3.5}",
                "{\"type\":\"update_location\",\"gps\":{\"latitude\":37.9,\"longitude\":-122.5}}",
                "{\"type\":\"update_location\",\"gps\":{\"latitude\":37.9,\"longitude\":-122.5,\"accuracy\":8}}",
                "{\"type\":\"update_location\",\"gps\":{\"lat\":379e-1,\"lng\":-122.5},\"user_id\":\"eve\"}",
            })
    void aLocationIsReadInBothForms(String text) {
        assertThat(ClientMessage.of(text))
                .isEqualTo(new ClientMessage.UpdateLocation(new Coordinates(37.9, -122.5)));
    }

    @Test
    void anActionIsARequest() {
        assertThat(
                        ClientMessage.of(
                                "{\"type\":\"action\",\"action\":\"go\",\"destination\":\"counter\"}"))
                .isEqualTo(
                        new ClientMessage.Act(
                                new Request.Structured(
                                        "go", JsonObject.of("destination", Json.of("counter")))));
    }

    @Test
    void anItemMayBeCalledByItsItemId() {
        assertThat(
                        ClientMessage.of(
                                "{\"type\":\"action\",\"action\":\"drop_item\",\"item_id\":\"jar_1\"}"))
                .isEqualTo(
                        new ClientMessage.Act(
                                new Request.Structured(
                                        "drop_item", JsonObject.of("item_id", Json.of("jar_1")))));
    }

    @Test
    void aChatMayNameItsConversation() {
        assertThat(ClientMessage.of("{\"type\":\"chat\",\"text\":\"hello Louisa\"}"))
                .isEqualTo(new ClientMessage.Chat("hello Louisa", null));
        assertThat(
                        ClientMessage.of(
                                "{\"type\":\"chat\",\"text\":\"hi\",\"conversation_id\":\"c-1\"}"))
                .isEqualTo(new ClientMessage.Chat("hi", new ConversationId("c-1")));
    }

    @Test
    void aStopNamesItsConversation() {
        assertThat(ClientMessage.of("{\"type\":\"stop\",\"conversation_id\":\"c-1\"}"))
                .isEqualTo(new ClientMessage.Stop(new ConversationId("c-1")));
    }

    @Test
    void aPingIsAnsweredWithItsOwnTimestamp() {
        assertThat(ClientMessage.of("{\"type\":\"ping\",\"timestamp\":17.5}"))
                .isEqualTo(new ClientMessage.Ping(Json.of(17.5)));
        assertThat(ClientMessage.of("{\"type\":\"ping\"}"))
                .isEqualTo(new ClientMessage.Ping(JsonNull.NULL));
    }

    @Test
    void theCommandsCanBeAskedFor() {
        assertThat(ClientMessage.of("{\"type\":\"get_commands\"}"))
                .isEqualTo(new ClientMessage.GetCommands());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "|INVALID_JSON",
                "nonsense|INVALID_JSON",
                "[]|INVALID_JSON",
                "{\"type\":\"ping\",\"type\":\"ping\"}|INVALID_JSON",
                "{\"type\":\"ping\"} {}|INVALID_JSON",
                "{}|MISSING_TYPE",
                "{\"type\":null}|MISSING_TYPE",
                "{\"type\":\" \"}|MISSING_TYPE",
                "{\"type\":7}|MISSING_TYPE",
                "{\"type\":\"dance\"}|UNKNOWN_MESSAGE_TYPE",
                "{\"type\":\"connected\"}|UNKNOWN_MESSAGE_TYPE",
                "{\"type\":\"action\"}|MISSING_ACTION",
                "{\"type\":\"action\",\"action\":null}|MISSING_ACTION",
                "{\"type\":\"action\",\"action\":\"\"}|MISSING_ACTION",
                "{\"type\":\"action\",\"action\":{}}|MISSING_ACTION",
                "{\"type\":\"action\",\"action\":\"go\",\"destination\":1}|PROCESSING_ERROR",
                "{\"type\":\"chat\"}|PROCESSING_ERROR",
                "{\"type\":\"chat\",\"text\":\"\"}|PROCESSING_ERROR",
                "{\"type\":\"chat\",\"text\":\"hi\",\"conversation_id\":\"a b\"}|PROCESSING_ERROR",
                "{\"type\":\"stop\"}|PROCESSING_ERROR",
                "{\"type\":\"update_location\"}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"lat\":1}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"lat\":\"1\",\"lng\":2}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"lat\":90.1,\"lng\":2}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"lat\":1e308,\"lng\":2}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"lat\":1,\"lng\":-180.5}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"gps\":[1,2]}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"gps\":{}}|PROCESSING_ERROR",
                "{\"type\":\"update_location\",\"lat\":1,\"lng\":2,\"accuracy\":\"8\"}|PROCESSING_ERROR",
            })
    void whatIsNoMessageIsRefusedWithItsCode(String text, SessionErrorCode code) {
        assertThat(ClientMessage.of(text == null ? "" : text))
                .isInstanceOfSatisfying(
                        ClientMessage.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.reason()).isNotBlank();
                        });
    }

    @Test
    void aRefusalSaysWhichMemberIsWrong() {
        assertThat(ClientMessage.of("{\"type\":\"update_location\",\"lat\":1}"))
                .isEqualTo(
                        new ClientMessage.Refused(
                                SessionErrorCode.PROCESSING_ERROR, "lng: is missing"));
    }

    @Test
    void noTextWhateverMakesReadingThrow() {
        Seeded.times(
                Boolean.getBoolean("long") ? 200_000 : 5_000,
                random -> {
                    byte[] text =
                            "{\"type\":\"update_location\",\"gps\":{\"latitude\":37.9,\"longitude\":1}}"
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    for (int i = random.nextInt(4); i >= 0; i--) {
                        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
                    }
                    assertThat(ClientMessage.of(text)).isNotNull();
                });
    }
}
