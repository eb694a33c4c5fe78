package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.presence.PresenceEvent;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.world.ExperienceId;
import java.util.Locale;

/** Makes the messages that a session sends beside its frames and action responses. */
public final class SessionJson {
    private static final String SCHEMA_VERSION = "1.0";

    private SessionJson() {}

    /**
     * Returns the first message of a session.
     *
     * @param message a sentence for people
     */
    public static JsonObject connected(
            String connection,
            UserId user,
            ExperienceId experience,
            long timestampMillis,
            String message) {
        return type("connected")
                .with("connection_id", Json.of(connection))
                .with("user_id", Json.of(user.value()))
                .with("experience", Json.of(experience.value()))
                .with("timestamp", Json.of(timestampMillis))
                .with("message", Json.of(message));
    }

    /**
     * Returns what a message is told that could not be acted on.
     *
     * @param message a sentence about this occurrence
     */
    public static JsonObject error(SessionErrorCode code, String message, long timestampMillis) {
        return type("error")
                .with("code", Json.of(code.code()))
                .with("message", Json.of(message))
                .with("timestamp", Json.of(timestampMillis));
    }

    public static JsonObject error(ClientMessage.Refused refused, long timestampMillis) {
        return error(refused.code(), refused.reason(), timestampMillis);
    }

    /**
     * Returns the last message of a session that the service ends.
     *
     * @param message a sentence about this occurrence
     */
    public static JsonObject closing(ErrorCode reason, String message) {
        return type("error")
                .with("code", Json.of(reason.code()))
                .with("message", Json.of(message))
                .with("retry", Json.of(SessionClose.of(reason).comeBack()));
    }

    /** Returns the answer to a ping, with the timestamp that it bore. */
    public static JsonObject pong(ClientMessage.Ping ping) {
        return type("pong").with("timestamp", ping.timestamp());
    }

    /**
     * Returns the installed commands.
     *
     * @param commands JSON Schemas by action name
     */
    public static JsonObject commandsSchema(JsonObject commands, long timestampMillis) {
        return type("commands_schema")
                .with("timestamp", Json.of(timestampMillis))
                .with("schema_version", Json.of(SCHEMA_VERSION))
                .with("commands", commands);
    }

    static JsonObject presence(Frame.Presence presence) {
        PresenceEvent event = presence.event();
        return type("presence")
                .with("event", Json.of(event.kind().name().toLowerCase(Locale.ROOT)))
                .with("user_id", Json.of(event.user().value()))
                .with("zone_id", Json.of(event.zone()))
                .with("timestamp", Json.of(presence.timestampMillis()));
    }

    private static JsonObject type(String type) {
        return JsonObject.of("type", Json.of(type));
    }
}
