package io.worldweave.websocket;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.JsonWriter;
import java.nio.charset.StandardCharsets;

/** Messages as text, which is how the container sends them. */
final class SessionText {
    private SessionText() {}

    static String of(JsonObject message) {
        return new String(JsonWriter.compact(message), StandardCharsets.UTF_8);
    }
}
