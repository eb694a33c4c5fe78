package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.weave.CloseReason;
import io.worldweave.domain.weave.Frame;
import java.util.Locale;

/**
 * Encodes the frames of a stream as the JSON text of its events.
 *
 * <p>Thread-safe; a buffer that is written to is not.
 */
public final class FrameJson {
    private final WireVersion version;

    /** What became of a frame. */
    public enum Result {
        /** Its text was appended, on one line. */
        WRITTEN,
        /** It has no text: nothing was appended. */
        SILENT,
        /**
         * The version cannot express this update: nothing was appended, and the client is to be
         * sent a snapshot in its place.
         */
        INEXPRESSIBLE
    }

    public FrameJson(WireVersion version) {
        this.version = version;
    }

    /** Appends the text of {@code frame}, if it has one. */
    public Result append(Frame frame, Utf8Buffer out) {
        return switch (frame) {
            case Frame.Snapshot snapshot -> written(SnapshotJson.of(snapshot), out);
            case Frame.WorldUpdate update -> update(update, out);
            case Frame.Said said -> written(event(said.conversation(), said.event()), out);
            case Frame.Closing closing -> written(closing(closing.reason()), out);
            case Frame.Presence presence -> written(SessionJson.presence(presence), out);
            case Frame.Outside outside -> written(outside.event().content(), out);
            case Frame.Heartbeat _ -> Result.SILENT;
        };
    }

    private static Result written(JsonObject event, Utf8Buffer out) {
        JsonWriter.append(event, out);
        return Result.WRITTEN;
    }

    private Result update(Frame.WorldUpdate update, Utf8Buffer out) {
        return switch (version.encode(update.projection())) {
            case Encoding.Encoded(EncodedUpdate encoded) -> {
                encoded.writeTo(out, update.base(), update.cursor().world().revision());
                yield Result.WRITTEN;
            }
            case Encoding.Inexpressible _ -> Result.INEXPRESSIBLE;
        };
    }

    /** Returns what a turn says, as an event. */
    public static JsonObject event(ConversationId conversation, TurnEvent event) {
        return switch (event) {
            case TurnEvent.Metadata metadata ->
                    type("metadata")
                            .with("conversation_id", Json.of(conversation.value()))
                            .with("model", Json.of(metadata.model()))
                            .with("timestamp", Json.of(metadata.timestampMillis()))
                            .with("snapshot_version", Json.of(metadata.snapshotVersion()));
            case TurnEvent.Content content ->
                    type("content").with("content", Json.of(content.text()));
            case TurnEvent.ToolUse use ->
                    type("tool_use")
                            .with("tool", Json.of(use.result().action()))
                            .with("arguments", use.result().arguments())
                            .with("result", ActionResponseJson.result(use.result()));
            case TurnEvent.Failure failure ->
                    type("error")
                            .with("code", Json.of(failure.code()))
                            .with("message", Json.of(failure.message()));
            case TurnEvent.Done done ->
                    type("done").with("finish_reason", Json.of(word(done.reason())));
        };
    }

    /** Returns the reason as clients see it, such as {@code stop}. */
    public static String word(TurnEvent.FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject closing(CloseReason reason) {
        ErrorCode code = ErrorCode.of(reason);
        return type("error")
                .with("code", Json.of(code.code()))
                .with("message", Json.of(code.title()))
                .with("retry", Json.of(reason.retry()));
    }

    private static JsonObject type(String type) {
        return JsonObject.of("type", Json.of(type));
    }
}
