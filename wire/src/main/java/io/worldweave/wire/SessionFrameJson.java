package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Frame;

/**
 * Encodes the frames of a session as messages, which have no place beside their text: each bears
 * its {@code cursor}, and what a turn says the {@code conversation_id} of its turn.
 *
 * <p>Thread-safe; a buffer that is written to is not.
 */
public final class SessionFrameJson {
    private final WireVersion version;
    private final CursorToken tokens;
    private final FrameJson frames;

    public SessionFrameJson(WireVersion version, CursorToken tokens) {
        this.version = version;
        this.tokens = tokens;
        this.frames = new FrameJson(version);
    }

    /** Appends the text of {@code frame}, if it has one; a whole message. */
    public FrameJson.Result append(Frame frame, Utf8Buffer out) {
        return switch (frame) {
            case Frame.Snapshot snapshot ->
                    written(SnapshotJson.of(snapshot), snapshot.cursor(), out);
            case Frame.Said said -> written(said(said), said.cursor(), out);
            case Frame.WorldUpdate update -> update(update, out);
            case Frame.Outside(var event, var cursor) ->
                    cursor == null
                            ? frames.append(frame, out)
                            : written(event.content(), cursor, out);
            case Frame.Presence _, Frame.Closing _, Frame.Heartbeat _ -> frames.append(frame, out);
        };
    }

    /** A turn on a session begins where the session's own chain is by then. */
    private static JsonObject said(Frame.Said said) {
        JsonObject event =
                FrameJson.event(said.conversation(), said.event())
                        .with("conversation_id", Json.of(said.conversation().value()));
        return said.event() instanceof TurnEvent.Metadata
                ? event.with("snapshot_version", Json.of(said.cursor().world().revision()))
                : event;
    }

    private FrameJson.Result written(JsonObject message, Cursor cursor, Utf8Buffer out) {
        JsonWriter.append(message.with("cursor", Json.of(tokens.encode(cursor))), out);
        return FrameJson.Result.WRITTEN;
    }

    private FrameJson.Result update(Frame.WorldUpdate update, Utf8Buffer out) {
        return switch (version.encode(update.projection())) {
            case Encoding.Encoded(EncodedUpdate encoded) -> {
                Cursor cursor = update.cursor();
                encoded.writeTo(
                        out, update.base(), cursor.world().revision(), tokens.encode(cursor));
                yield FrameJson.Result.WRITTEN;
            }
            case Encoding.Inexpressible _ -> FrameJson.Result.INEXPRESSIBLE;
        };
    }
}
