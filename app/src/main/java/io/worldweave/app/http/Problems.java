package io.worldweave.app.http;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonWriter;
import io.worldweave.wire.ProblemJson;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/** Answers with problem documents (RFC 9457). */
public final class Problems {
    private Problems() {}

    /**
     * Answers with a problem and nothing else.
     *
     * @param detail a sentence for the one who made the request
     */
    public static void write(HttpServletResponse response, ErrorCode code, String detail)
            throws IOException {
        byte[] body = JsonWriter.compact(ProblemJson.of(code, detail));
        response.setStatus(code.status());
        if (code.retryAfter() != null) {
            response.setHeader("Retry-After", code.retryAfter());
        }
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    static Response.ResponseBuilder answer(ErrorCode code, String detail) {
        return answer(code, ProblemJson.of(code, detail));
    }

    static Response.ResponseBuilder answer(ErrorCode code, JsonObject problem) {
        // A header whose value is null is left out.
        return Response.status(code.status())
                .type(ProblemJson.MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .header("Retry-After", code.retryAfter())
                .entity(JsonWriter.compact(problem));
    }
}
