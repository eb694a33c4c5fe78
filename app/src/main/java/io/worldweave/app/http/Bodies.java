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
    JsonObject object(HttpHeaders headers, InputStream body) {
        if (!JsonMediaType.admits(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            throw new ProblemException(ErrorCode.UNSUPPORTED_MEDIA_TYPE, JsonMediaType.ONLY);
        }
        int limit = settings.http().bodyBytes();
        byte[] bytes;
        try {
            bytes = body.readNBytes(limit + 1);
        } catch (IOException broken) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, "The body could not be read to its end.");
        }
        if (bytes.length > limit) {
            throw new ProblemException(
                    ErrorCode.TOO_LARGE, "A body has at most " + limit + " bytes.");
        }
        return JsonReader.withLimits(ReadLimits.REQUEST.withBytes(limit)).readObject(bytes);
    }
}
