package io.worldweave.sse;

import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.wire.CursorToken;
import io.worldweave.wire.FrameJson;
import io.worldweave.wire.Utf8Buffer;
import io.worldweave.wire.WireVersion;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames as server-sent events: lines that end with LF alone, {@code data} a single line of
 * JSON, {@code id} the cursor. No event has a name, so a browser's {@code onmessage} gets them all.
 *
 * <p>No frame can forge an event: JSON text has no raw line break, and a token none but its own
 * characters.
 *
 * <p>Thread-safe; a buffer that is written to is not.
 */
final class EventText {
    /** So long an {@code EventSource} waits before it comes back, in milliseconds. */
    static final long RETRY_MILLIS = 2_000;

    private final FrameJson json;
    private final CursorToken tokens;

    EventText(WireVersion version, CursorToken tokens) {
        this.json = new FrameJson(version);
        this.tokens = tokens;
    }

    /** Appends what comes before the first event. */
    void opening(Utf8Buffer out) {
        out.ascii("retry: ").number(RETRY_MILLIS).ascii("\n\n");
    }

    /**
     * Appends {@code frame} as an event, or the subscription's snapshot if the client's version has
     * no words for it.
     */
    void append(Frame frame, Subscription subscription, Utf8Buffer out) {
        if (frame instanceof Frame.Heartbeat) {
            out.ascii(": heartbeat\n\n");
            return;
        }
        out.ascii("data: ");
        Frame given = appendJson(frame, subscription, out);
        out.append('\n');
        Cursor cursor = cursor(given);
        if (cursor != null) {
            out.ascii("id: ").ascii(checked(tokens.encode(cursor))).append('\n');
        }
        out.append('\n');
    }

    /** As {@link #append}, but the JSON alone. Returns the frame that was given. */
    Frame appendJson(Frame frame, Subscription subscription, Utf8Buffer out) {
        return switch (json.append(frame, out)) {
            case WRITTEN -> frame;
            case INEXPRESSIBLE -> appendJson(subscription.snapshot(), subscription, out);
            case SILENT -> throw new IllegalArgumentException("a frame without text: " + frame);
        };
    }

    private static @Nullable Cursor cursor(Frame frame) {
        return switch (frame) {
            case Frame.Snapshot snapshot -> snapshot.cursor();
            case Frame.WorldUpdate update -> update.cursor();
            case Frame.Said said -> said.cursor();
            case Frame.Outside outside -> outside.cursor();
            case Frame.Presence _, Frame.Heartbeat _, Frame.Closing _ -> null;
        };
    }

    /** Returns the token if it cannot end its line, nor be anything but an id. */
    static String checked(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            boolean allowed =
                    (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_';
            if (!allowed) {
                throw new IllegalArgumentException("a token has a character of no token: " + token);
            }
        }
        return token;
    }
}
