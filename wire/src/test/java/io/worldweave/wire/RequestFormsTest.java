package io.worldweave.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.world.ExperienceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestFormsTest {
    private static JsonObject body(String text) {
        return JsonReader.strict().readObject(text.getBytes(UTF_8));
    }

    @Test
    void aChatNeedsItsMessageOnly() {
        assertThat(ChatRequest.of(body("{\"message\":\"look around\"}")))
                .isEqualTo(new ChatRequest("look around", false, null, null));
    }

    @Test
    void whoSpeaksIsNotAskedOfTheBody() {
        assertThat(
                        ChatRequest.of(
                                body(
                                        """
                                        {"message":"hi","stream":true,"experience":"wylding-woods",
                                         "conversation_id":"c-1","user_id":"mallory","x":[]}\
                                        """)))
                .isEqualTo(
                        new ChatRequest(
                                "hi",
                                true,
                                new ExperienceId("wylding-woods"),
                                new ConversationId("c-1")));
    }

    @Test
    void nullIsAsGoodAsAbsentWhereAbsentIsGood() {
        assertThat(
                        ChatRequest.of(
                                body(
                                        """
                                        {"message":"hi","stream":null,"experience":null,
                                         "conversation_id":null}\
                                        """)))
                .isEqualTo(new ChatRequest("hi", false, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|INVALID_REQUEST|/message",
                "{\"message\":null}|INVALID_REQUEST|/message",
                "{\"message\":1}|INVALID_REQUEST|/message",
                "{\"message\":[\"hi\"]}|INVALID_REQUEST|/message",
                "{\"message\":\"\"}|INVALID_REQUEST|/message",
                "{\"message\":\" \\n\"}|INVALID_REQUEST|/message",
                "{\"message\":\"hi\",\"stream\":\"true\"}|INVALID_REQUEST|/stream",
                "{\"message\":\"hi\",\"stream\":1}|INVALID_REQUEST|/stream",
                "{\"message\":\"hi\",\"experience\":1}|INVALID_REQUEST|/experience",
                "{\"message\":\"hi\",\"experience\":\"../etc\"}|INVALID_ID|/experience",
                "{\"message\":\"hi\",\"experience\":\"\"}|INVALID_ID|/experience",
                "{\"message\":\"hi\",\"conversation_id\":{}}|INVALID_REQUEST|/conversation_id",
                "{\"message\":\"hi\",\"conversation_id\":\"a.b\"}|INVALID_ID|/conversation_id",
                "{\"message\":\"hi\",\"conversation_id\":\"a\\n\"}|INVALID_ID|/conversation_id",
            })
    void aChatOfWrongTypesIsRefused(String text, ErrorCode code, String pointer) {
        InvalidRequestException exception =
                catchThrowableOfType(
                        InvalidRequestException.class, () -> ChatRequest.of(body(text)));
        assertThat(exception.code()).isEqualTo(code);
        assertThat(exception.pointer()).hasToString(pointer);
        assertThat(exception.reason()).isNotBlank();
    }

    @Test
    void aMessageHas4000CharactersAtMostHoweverManyBytesTheyTake() {
        String longest = "\ud83d\ude00".repeat(4_000);
        assertThat(ChatRequest.of(JsonObject.of("message", Json.of(longest))).message())
                .isEqualTo(longest);
        assertThat(
                        catchThrowableOfType(
                                InvalidRequestException.class,
                                () ->
                                        ChatRequest.of(
                                                JsonObject.of("message", Json.of(longest + "!")))))
                .hasMessage("/message: has more than 4000 characters");
    }

    @Test
    void anActionKeepsItsArgumentsAndNothingElse() {
        assertThat(
                        ActionRequest.of(
                                body(
                                        """
                                        {"type":"action","action":"collect_item",
                                         "instance_id":"dream_bottle_1","user_id":"mallory"}\
                                        """)))
                .isEqualTo(
                        new Request.Structured(
                                "collect_item",
                                JsonObject.of("instance_id", Json.of("dream_bottle_1"))));
    }

    @Test
    void anActionMayHaveAnArgumentThatIsCalledMessage() {
        assertThat(ActionRequest.of(body("{\"action\":\"say\",\"message\":\"boo\"}")))
                .isEqualTo(new Request.Structured("say", JsonObject.of("message", Json.of("boo"))));
    }

    @Test
    void aMessageAloneIsSpoken() {
        assertThat(ActionRequest.of(body("{\"message\":\"look around\"}")))
                .isEqualTo(new Request.Spoken("look around"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|/action",
                "{\"type\":\"action\"}|/action",
                "{\"type\":\"action\",\"message\":\"hi\"}|/action",
                "{\"type\":\"chat\",\"action\":\"go\"}|/type",
                "{\"type\":1,\"action\":\"go\"}|/type",
                "{\"action\":1}|/action",
                "{\"action\":\"\"}|/action",
                "{\"action\":null}|/action",
                "{\"message\":{}}|/message",
                "{\"action\":\"collect_item\",\"instance_id\":5}|/instance_id",
                "{\"action\":\"collect_item\",\"item_id\":[\"key_1\"]}|/item_id",
                "{\"action\":\"go\",\"destination\":{\"a\":1}}|/destination",
                "{\"action\":\"give_item\",\"target_user_id\":true}|/target_user_id",
                "{\"action\":\"talk\",\"npc_id\":false}|/npc_id",
                "{\"action\":\"@spawn\",\"template_id\":1.5}|/template_id",
            })
    void anActionOfWrongTypesIsRefused(String text, String pointer) {
        InvalidRequestException exception =
                catchThrowableOfType(
                        InvalidRequestException.class, () -> ActionRequest.of(body(text)));
        assertThat(exception.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(exception.pointer()).hasToString(pointer);
    }

    @Test
    void anArgumentThatIsNullIsAsGoodAsAbsent() {
        assertThat(
                        ActionRequest.of(
                                body("{\"action\":\"go\",\"destination\":null,\"npc_id\":null}")))
                .isEqualTo(
                        new Request.Structured(
                                "go",
                                JsonObject.of(
                                        "destination", JsonNull.NULL, "npc_id", JsonNull.NULL)));
    }

    @Test
    void aMemberThatNoCommandKnowsMayBeAnything() {
        assertThat(ActionRequest.of(body("{\"action\":\"look\",\"trace\":[1],\"at\":7}")))
                .isEqualTo(new Request.Structured("look", body("{\"trace\":[1],\"at\":7}")));
    }

    @Test
    void anArgumentIsNoLongerThanAMessage() {
        JsonObject body =
                JsonObject.of("action", Json.of("go"), "destination", Json.of("a".repeat(4_001)));
        assertThat(
                        catchThrowableOfType(
                                InvalidRequestException.class, () -> ActionRequest.of(body)))
                .hasMessage("/destination: has more than 4000 characters");
    }
}
