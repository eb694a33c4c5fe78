package io.worldweave.wire;

import io.worldweave.domain.command.CommandSchemas;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import java.util.Set;

/**
 * Reads what somebody wants done: an {@code action} message, or a {@code message} in the player's
 * own words.
 */
public final class ActionRequest {
    private static final String TYPE = "type";
    private static final String ACTION = "action";
    private static final String MESSAGE = "message";

    /** Members that are no arguments. Who acts is known from the credentials alone. */
    private static final Set<String> NO_ARGUMENTS = Set.of(TYPE, ACTION, "user_id");

    private ActionRequest() {}

    /**
     * Returns the request that {@code body} holds, or throws {@link InvalidRequestException}. All
     * members of an {@code action} but its own are its arguments; {@code type} may be left out. An
     * argument by a name that every experience knows is a string, or null, which is as good as
     * absent; what other members are is for the commands to know.
     */
    public static Request of(JsonObject body) {
        RequestBody members = new RequestBody(body);
        Json type = members.member(TYPE);
        if (type != null && !type.equals(Json.of(ACTION))) {
            throw RequestBody.invalid(TYPE, "must be \"action\"");
        }
        boolean spoken = members.member(ACTION) == null && members.member(MESSAGE) != null;
        if (spoken && type == null) {
            return new Request.Spoken(members.text(MESSAGE, Request.Spoken.LENGTH_LIMIT));
        }
        String action = members.text(ACTION, Request.Spoken.LENGTH_LIMIT);
        return new Request.Structured(action, arguments(body));
    }

    private static JsonObject arguments(JsonObject body) {
        JsonObject arguments = body;
        for (String name : NO_ARGUMENTS) {
            arguments = arguments.without(name);
        }
        arguments.forEach(ActionRequest::check);
        return arguments;
    }

    private static void check(String name, Json argument) {
        if (argument instanceof JsonString(String text)) {
            if (text.codePointCount(0, text.length()) > Request.Spoken.LENGTH_LIMIT) {
                throw RequestBody.invalid(
                        name, "has more than " + Request.Spoken.LENGTH_LIMIT + " characters");
            }
        } else if (argument != JsonNull.NULL && CommandSchemas.argumentNames().contains(name)) {
            throw RequestBody.invalid(name, "must be a string");
        }
    }
}
