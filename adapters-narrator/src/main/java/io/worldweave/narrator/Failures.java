package io.worldweave.narrator;

import dev.langchain4j.exception.HttpException;
import io.worldweave.domain.turn.NarratorFailedException;
import io.worldweave.domain.turn.NarratorFailedException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failure of a model means. What a model or a library wrote about it is not repeated:
 * it may hold parts of a key.
 */
final class Failures {
    private Failures() {}

    static NarratorFailedException of(Throwable failure, Duration wish) {
        Throwable known = known(failure);
        Kind kind = kind(known);
        String what =
                known instanceof HttpException http
                        ? "the model answered " + http.statusCode()
                        : "the model failed: " + kind;
        return new NarratorFailedException(kind, wish, what, new Unnamed(failure));
    }

    private static Kind kind(@Nullable Throwable known) {
        return switch (known) {
            case HttpException http -> kind(http.statusCode());
            case LimitedBody.TooLongException _ -> Kind.TOO_LONG;
            case ConnectException _, HttpConnectTimeoutException _ -> Kind.UNREACHABLE;
            case IOException _ -> Kind.CUT_OFF;
            case null, default -> Kind.MALFORMED;
        };
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 429, 529 -> Kind.BUSY;
            case 408, 425 -> Kind.FAULT;
            default -> status >= 500 ? Kind.FAULT : Kind.REFUSED;
        };
    }

    /** Returns the cause that says the most, or null. */
    private static @Nullable Throwable known(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            boolean parser = at.getClass().getName().startsWith("com.fasterxml.jackson");
            if (at instanceof HttpException || (at instanceof IOException && !parser)) {
                return at;
            }
        }
        return null;
    }

    /** The place of a failure without its words. */
    private static final class Unnamed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unnamed(Throwable failure) {
            super(failure.getClass().getName());
            setStackTrace(failure.getStackTrace());
        }
    }
}
