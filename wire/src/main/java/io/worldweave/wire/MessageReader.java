package io.worldweave.wire;

import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.zone.Coordinates;

/**
 * Reads the messages of clients. Who speaks is known from the credentials alone; members that a
 * message does not know are ignored.
 */
final class MessageReader {
    private MessageReader() {}

    static ClientMessage read(byte[] utf8) {
        try {
            return message(JsonReader.strict().readObject(utf8));
        } catch (MalformedJsonException malformed) {
            return new ClientMessage.Refused(
                    SessionErrorCode.INVALID_JSON, String.valueOf(malformed.getMessage()));
        } catch (InvalidRequestException invalid) {
            String member = String.join(".", invalid.pointer().tokens());
            return new ClientMessage.Refused(
                    SessionErrorCode.PROCESSING_ERROR,
                    member.isEmpty() ? invalid.reason() : member + ": " + invalid.reason());
        }
    }

    private static ClientMessage message(JsonObject body) {
        if (!(body.get("type") instanceof JsonString(String type)) || type.isBlank()) {
            return refused(SessionErrorCode.MISSING_TYPE);
        }
        RequestBody members = new RequestBody(body);
        return switch (type) {
            case "update_location" -> new ClientMessage.UpdateLocation(coordinates(members));
            case "action" -> action(body);
            case "chat" ->
                    new ClientMessage.Chat(
                            members.text("text", Request.Spoken.LENGTH_LIMIT),
                            members.id("conversation_id", ConversationId::new));
            case "stop" -> stop(members);
            case "ping" -> new ClientMessage.Ping(timestamp(body));
            case "get_commands" -> new ClientMessage.GetCommands();
            default -> refused(SessionErrorCode.UNKNOWN_MESSAGE_TYPE);
        };
    }

    private static ClientMessage action(JsonObject body) {
        boolean named =
                body.get("action") instanceof JsonString(String action) && !action.isBlank();
        return named
                ? new ClientMessage.Act(ActionRequest.of(body))
                : refused(SessionErrorCode.MISSING_ACTION);
    }

    private static ClientMessage stop(RequestBody members) {
        ConversationId conversation = members.id("conversation_id", ConversationId::new);
        if (conversation == null) {
            throw RequestBody.invalid("conversation_id", "is missing");
        }
        return new ClientMessage.Stop(conversation);
    }

    private static Json timestamp(JsonObject body) {
        return body.get("timestamp") instanceof JsonNumber number ? number : JsonNull.NULL;
    }

    /** Both forms that clients use: {@code lat} and {@code lng}, or {@code gps}. */
    private static Coordinates coordinates(RequestBody members) {
        RequestBody place = members.member("gps") == null ? members : members.inner("gps");
        place.tolerateNumber("accuracy");
        place.tolerateNumber("altitude");
        return new Coordinates(
                place.number(place.has("latitude") ? "latitude" : "lat", -90, 90),
                place.number(place.has("longitude") ? "longitude" : "lng", -180, 180));
    }

    private static ClientMessage refused(SessionErrorCode code) {
        return new ClientMessage.Refused(code, code.title());
    }
}
