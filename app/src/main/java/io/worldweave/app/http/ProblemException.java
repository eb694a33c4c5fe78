package io.worldweave.app.http;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Rejection;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.ProblemJson;
import jakarta.ws.rs.core.Response;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ends a request with a problem document. It carries no stack trace: it is an answer. */
final class ProblemException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient JsonObject document;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    /**
     * @param detail a sentence for the one who made the request
     */
    ProblemException(ErrorCode code, String detail) {
        this(code, detail, ProblemJson.of(code, detail));
    }

    /** The problem of a change that could not be applied. */
    ProblemException(Rejection rejection) {
        this(ProblemJson.codeOf(rejection), rejection.reason(), ProblemJson.of(rejection));
    }

    private ProblemException(ErrorCode code, String detail, JsonObject document) {
        super(detail, null, false, false);
        this.code = code;
        this.document = document;
    }

    /** Gives the answer a header as well. */
    ProblemException with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Returns the answer. */
    Response response() {
        Response.ResponseBuilder answer = Problems.answer(code, document);
        headers.forEach(answer::header);
        return answer.build();
    }
}
