package io.worldweave.app.http;

import io.worldweave.app.config.Settings;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonMediaType;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads the bodies of requests, none further than its limit.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class Bodies {
    @Inject Settings settings;

    /**
     * Returns the JSON object that the body is, or throws why it is none. Blocks while it arrives.
     */
    JsonObject object(HttpHeaders headers, InputStream stream) {
        return json(headers, stream).object();
    }

    /** Returns the body, which must be JSON. Blocks while it arrives. */
    Body json(HttpHeaders headers, InputStream stream) {
        requireJson(headers);
        return body(JsonMediaType.NAME, stream);
    }

    /** Returns the body, which must be one of the kinds of patches. Blocks while it arrives. */
    Body patch(HttpHeaders headers, InputStream stream) {
        List<String> types = List.of(JsonMediaType.PATCH, JsonMediaType.MERGE_PATCH);
        String type = JsonMediaType.essence(headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        if (type == null || !types.contains(type)) {
            throw new ProblemException(
                            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                            "A patch is " + String.join(" or ", types) + ".")
                    .with("Accept-Patch", String.join(", ", types));
        }
        return body(type, stream);
    }

    /** Returns the backup that the body is, which may be long. Blocks while it arrives. */
    JsonObject backup(HttpHeaders headers, InputStream stream) {
        requireJson(headers);
        return body(JsonMediaType.NAME, stream, settings.http().restoreBytes(), ReadLimits.FILE)
                .object();
    }

    private static void requireJson(HttpHeaders headers) {
        if (!JsonMediaType.admits(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            throw new ProblemException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, JsonMediaType.ONLY);
        }
    }

    private Body body(String type, InputStream stream) {
        return body(type, stream, settings.http().bodyBytes(), ReadLimits.REQUEST);
    }

    private static Body body(String type, InputStream stream, int limit, ReadLimits limits) {
        byte[] bytes;
        try {
            bytes = stream.readNBytes(limit + 1);
        } catch (IOException broken) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, "The body could not be read to its end.");
        }
        if (bytes.length > limit) {
            throw new ProblemException(
                    ErrorCode.TOO_LARGE, "A body has at most " + limit + " bytes.");
        }
        return new Body(type, bytes, JsonReader.withLimits(limits.withBytes(limit)));
    }
}
