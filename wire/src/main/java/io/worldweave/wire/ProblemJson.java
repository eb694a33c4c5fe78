package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Rejection;

/**
 * Makes the problem documents (RFC 9457) that answer a request which went wrong. Their {@code code}
 * is the catalogue's, and their {@code type} the same as a relative reference.
 */
public final class ProblemJson {
    public static final String MEDIA_TYPE = "application/problem+json";

    private ProblemJson() {}

    /**
     * Returns the problem.
     *
     * @param detail a sentence about this occurrence; it is shown to the client
     */
    public static JsonObject of(ErrorCode code, String detail) {
        return JsonObject.of("type", Json.of("/problems/" + code.code()))
                .with("title", Json.of(code.title()))
                .with("status", Json.of(code.status()))
                .with("detail", Json.of(detail))
                .with("code", Json.of(code.code()));
    }

    /** Returns the problem of a text that could not be read, with its line and column. */
    public static JsonObject of(MalformedJsonException malformed) {
        JsonObject problem = of(malformed.code(), malformed.reason());
        return malformed.line() == 0
                ? problem
                : problem.with("line", Json.of(malformed.line()))
                        .with("column", Json.of(malformed.column()));
    }

    /** Returns the problem of a request that has not the form it should have. */
    public static JsonObject of(InvalidRequestException invalid) {
        return at(invalid.pointer(), of(invalid.code(), invalid.reason()));
    }

    /** Returns the problem of a change that could not be applied. */
    public static JsonObject of(Rejection rejection) {
        return at(rejection.pointer(), of(codeOf(rejection), rejection.reason()));
    }

    /** Returns what a change that could not be applied is called. */
    public static ErrorCode codeOf(Rejection rejection) {
        return switch (rejection) {
            case Rejection.OfOperation of -> codeOf(of.why());
            case Rejection.Different _ -> ErrorCode.TEST_FAILED;
            case Rejection.Missing _,
                    Rejection.AlreadyThere _,
                    Rejection.WrongKind _,
                    Rejection.TooLarge _ ->
                    ErrorCode.REJECTED;
        };
    }

    private static JsonObject at(Pointer pointer, JsonObject problem) {
        return problem.with("pointer", Json.of(pointer.toString()));
    }

    /** Returns {@code problem} with the address of the request that it is about. */
    public static JsonObject about(String instance, JsonObject problem) {
        return problem.with("instance", Json.of(instance));
    }
}
