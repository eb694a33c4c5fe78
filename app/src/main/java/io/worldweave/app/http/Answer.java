package io.worldweave.app.http;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.JsonWriter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * What a request that wrote is answered, in a form that can be kept and given again.
 *
 * @param etag as the header says it; null if the answer has none
 */
record Answer(int status, @Nullable String etag, JsonObject body) {
    private static final String STATUS = "status";
    private static final String ETAG = "etag";
    private static final String BODY = "body";

    static Answer ok(JsonObject body) {
        return new Answer(Response.Status.OK.getStatusCode(), null, body);
    }

    /** Reads what {@link #kept} made. */
    static Answer of(JsonObject kept) {
        int status =
                kept.get(STATUS) instanceof JsonNumber number
                        ? number.value().intValueExact()
                        : Response.Status.OK.getStatusCode();
        return new Answer(status, kept.text(ETAG), kept.object(BODY));
    }

    JsonObject kept() {
        JsonObject kept = JsonObject.of(STATUS, Json.of(status), BODY, body);
        return etag == null ? kept : kept.with(ETAG, Json.of(etag));
    }

    Response response() {
        // A header whose value is null is left out.
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.ETAG, etag)
                .header("Cache-Control", "no-store")
                .entity(JsonWriter.compact(body))
                .build();
    }
}
