package io.worldweave.app.http;

import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.InvalidRequestException;
import io.worldweave.wire.JsonMediaType;
import io.worldweave.wire.MalformedJsonException;
import io.worldweave.wire.ProblemJson;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Makes a problem document of whatever ends a request, those of the platform included. What went
 * wrong inside is logged and not told.
 *
 * <p>Thread-safe.
 */
@Provider
public final class ErrorAnswers implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ErrorAnswers.class.getName());

    /** What an answer of the platform's may say beside its status. */
    private static final List<String> KEPT_HEADERS = List.of(HttpHeaders.ALLOW);

    @Override
    public Response toResponse(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem.response();
            case MalformedJsonException malformed ->
                    Problems.answer(malformed.code(), ProblemJson.of(malformed)).build();
            case InvalidRequestException invalid ->
                    Problems.answer(invalid.code(), ProblemJson.of(invalid)).build();
            case DamagedWorldException damaged -> {
                LOG.log(System.Logger.Level.ERROR, damaged.getMessage());
                yield Problems.answer(ErrorCode.WORLD_DAMAGED, String.valueOf(damaged.getMessage()))
                        .build();
            }
            case StoreUnavailableException unavailable -> {
                LOG.log(System.Logger.Level.WARNING, "the store is unavailable", unavailable);
                yield Problems.answer(
                                ErrorCode.STORE_UNAVAILABLE,
                                "The world cannot be reached at present; try again.")
                        .build();
            }
            case WebApplicationException platform -> ofPlatform(platform);
            default -> internal(failure);
        };
    }

    private static Response ofPlatform(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        if (status >= 500) {
            return internal(failure);
        }
        if (status < 400) {
            return failure.getResponse();
        }
        Response.ResponseBuilder answer =
                switch (status) {
                    case 404 ->
                            Problems.answer(ErrorCode.NOT_FOUND, "There is nothing at this path.");
                    case 405 ->
                            Problems.answer(
                                    ErrorCode.METHOD_NOT_ALLOWED,
                                    "The header Allow lists the methods of this resource.");
                    case 406 ->
                            Problems.answer(
                                    ErrorCode.NOT_ACCEPTABLE, "Answers are application/json.");
                    case 415 ->
                            Problems.answer(ErrorCode.UNSUPPORTED_MEDIA_TYPE, JsonMediaType.ONLY);
                    default ->
                            Problems.answer(
                                    ErrorCode.INVALID_REQUEST, "The request cannot be understood.");
                };
        KEPT_HEADERS.forEach(
                name -> answer.header(name, failure.getResponse().getHeaderString(name)));
        return answer.build();
    }

    private static Response internal(Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "a request failed", failure);
        return Problems.answer(ErrorCode.INTERNAL, "The service made a mistake, and has noted it.")
                .build();
    }
}
