package io.worldweave.app.http;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.JsonReader;
import java.security.MessageDigest;

/** The body of a request. */
final class Body {
    private final String type;
    private final byte[] bytes;
    private final JsonReader reader;

    Body(String type, byte[] bytes, JsonReader reader) {
        this.type = type;
        this.bytes = bytes;
        this.reader = reader;
    }

    /** Returns its media type, without parameters. */
    String type() {
        return type;
    }

    /** Returns the JSON value that it is, or throws why it is none. */
    Json value() {
        return reader.read(bytes);
    }

    /** Returns the JSON object that it is, or throws why it is none. */
    JsonObject object() {
        return reader.readObject(bytes);
    }

    void addTo(MessageDigest digest) {
        digest.update(bytes);
    }
}
