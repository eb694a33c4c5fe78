package io.worldweave.sse;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.user.Identity;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.InvalidRequestException;
import io.worldweave.wire.JsonMediaType;
import io.worldweave.wire.JsonWriter;
import io.worldweave.wire.MalformedJsonException;
import io.worldweave.wire.ProblemJson;
import io.worldweave.wire.Utf8Buffer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One request and its answer.
 *
 * <p>Not thread-safe: the request's thread's, and then that of the writer which it starts.
 */
final class Exchange {
    private static final Logger LOG = System.getLogger(Exchange.class.getName());

    private static final int DOCUMENT_BYTES = 512;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final EventStreams streams;

    /** Says what a request comes to. */
    @FunctionalInterface
    interface Handler {
        /**
         * May throw {@link MalformedJsonException}, {@link InvalidRequestException} and {@link
         * StoreUnavailableException}; an {@link IOException} means that the body broke off.
         */
        Reply handle(Identity caller) throws IOException;
    }

    Exchange(HttpServletRequest request, HttpServletResponse response, EventStreams streams) {
        this.request = request;
        this.response = response;
        this.streams = streams;
    }

    /** Answers with what {@code handler} replies, or with what kept it from replying. */
    void answer(Handler handler) throws IOException {
        switch (reply(handler)) {
            case Reply.Refused refused -> refuse(refused);
            case Reply.NotAllowed(String allow) -> {
                response.setHeader("Allow", allow);
                refuse(new Reply.Refused(ErrorCode.METHOD_NOT_ALLOWED, "here goes only " + allow));
            }
            case Reply.Done(JsonObject document) -> write(JsonMediaType.NAME, text(document));
            case Reply.NothingMore() -> response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            case Reply.Events(EventStream stream) -> stream(stream);
            case Reply.Whole(GatheredTurn turn) -> gather(turn);
        }
    }

    private Reply reply(Handler handler) {
        try {
            Identity caller = Caller.of(request);
            return caller == null
                    ? new Reply.Refused(ErrorCode.UNAUTHENTICATED, "nobody vouches for the caller")
                    : handler.handle(caller);
        } catch (MalformedJsonException malformed) {
            return new Reply.Refused(malformed.code(), ProblemJson.of(malformed));
        } catch (InvalidRequestException invalid) {
            return new Reply.Refused(invalid.code(), ProblemJson.of(invalid));
        } catch (IOException cutOff) {
            return new Reply.Refused(
                    ErrorCode.INVALID_REQUEST, "the body could not be read to its end");
        } catch (DamagedWorldException damaged) {
            LOG.log(Level.ERROR, damaged.getMessage());
            return new Reply.Refused(ErrorCode.WORLD_DAMAGED, String.valueOf(damaged.getMessage()));
        } catch (StoreUnavailableException away) {
            LOG.log(Level.WARNING, "the store is unavailable", away);
            return new Reply.Refused(
                    ErrorCode.STORE_UNAVAILABLE, "the world cannot be reached; try again");
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "a request failed", failure);
            return new Reply.Refused(ErrorCode.INTERNAL, "the failure was logged");
        }
    }

    private void stream(EventStream stream) throws IOException {
        try {
            response.setContentType(MediaTypes.EVENTS);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            // Before the request goes asynchronous: a first flush after that is ignored.
            response.flushBuffer();
            streams.write(request.startAsync(), () -> stream.writeTo(response.getOutputStream()));
        } catch (IOException | RuntimeException failure) {
            stream.close();
            throw failure;
        }
    }

    private void gather(GatheredTurn turn) {
        try {
            streams.write(request.startAsync(), () -> writeGathered(turn));
        } catch (RuntimeException failure) {
            turn.close();
            throw failure;
        }
    }

    private void writeGathered(GatheredTurn turn) throws IOException {
        switch (turn.gather()) {
            case GatheredTurn.Ended(Utf8Buffer document) -> write(JsonMediaType.NAME, document);
            case GatheredTurn.Closed(ErrorCode code) ->
                    refuse(new Reply.Refused(code, "the turn was not over yet"));
        }
    }

    private void refuse(Reply.Refused refused) throws IOException {
        ErrorCode code = refused.code();
        if (code.retryAfter() != null) {
            response.setHeader("Retry-After", code.retryAfter());
        }
        response.setStatus(code.status());
        JsonObject problem = ProblemJson.about(request.getRequestURI(), refused.problem());
        write(ProblemJson.MEDIA_TYPE, text(problem));
    }

    private static Utf8Buffer text(JsonObject document) {
        Utf8Buffer out = new Utf8Buffer(DOCUMENT_BYTES);
        JsonWriter.append(document, out);
        return out;
    }

    private void write(String mediaType, Utf8Buffer body) throws IOException {
        response.setContentType(mediaType);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.size());
        body.writeTo(response.getOutputStream());
    }
}
