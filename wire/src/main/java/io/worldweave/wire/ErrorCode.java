package io.worldweave.wire;

import io.worldweave.domain.weave.CloseReason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of what clients are told when something does not go as they asked: the code in a
 * problem document or an {@code error} event, the HTTP status that goes with it, and whether the
 * same request may succeed later.
 */
public enum ErrorCode {
    // The text of the request.
    INVALID_JSON(400, false, "The text is not JSON as this service takes it"),
    TOO_LARGE(413, false, "The text is too long"),
    TOO_DEEP(400, false, "The text is nested too deeply"),
    INVALID_REQUEST(400, false, "The request has not the form that is asked for"),
    INVALID_ID(400, false, "An id has not the form of its kind"),
    INVALID_CURSOR(400, false, "The cursor is not one that this service gave to this user"),

    // Who asks, and how.
    UNAUTHENTICATED(401, false, "Credentials are missing or not valid"),
    FORBIDDEN(403, false, "These credentials do not allow this"),
    METHOD_NOT_ALLOWED(405, false, "The method is not one of this resource"),
    NOT_ACCEPTABLE(406, false, "The answer has none of the media types that are accepted"),
    UNSUPPORTED_MEDIA_TYPE(415, false, "The media type of the body is not one that is taken"),
    UPGRADE_REQUIRED(426, false, "Sessions are for WebSocket clients"),

    // What is asked for.
    NOT_FOUND(404, false, "There is nothing at this address"),
    UNKNOWN_EXPERIENCE(404, false, "There is no experience of this id"),
    UNKNOWN_CONVERSATION(404, false, "There is no conversation of this id"),
    UNKNOWN_COMMAND(404, false, "There is no command of this name"),
    TURN_IN_PROGRESS(409, true, "A turn of this conversation is still running"),
    CONFLICT(409, true, "The world changed while this was being done"),
    REQUEST_IN_PROGRESS(409, true, "The same request is still being worked on"),
    TEST_FAILED(409, false, "The document is not as a test of the patch asks"),
    PRECONDITION_FAILED(412, false, "The document is not at the version that the request names"),
    PRECONDITION_REQUIRED(428, false, "The request must name the version of the document"),
    GONE(410, false, "What was there is no longer kept"),
    REJECTED(422, false, "The change cannot be applied"),
    RESERVED_MEMBER(422, false, "The member belongs to the service"),
    KEY_REUSED(422, false, "The idempotency key belongs to another request"),

    // What the service can do at present.
    TOO_MANY_STREAMS(429, false, "The user has as many streams as one may have"),
    TOO_MANY_REQUESTS(429, true, "There are more requests than this user may make"),
    STORE_UNAVAILABLE(503, true, "Worlds cannot be read or written at present"),
    WORLD_DAMAGED(503, false, "What is kept of this world is damaged"),
    SHUTTING_DOWN(503, true, "The service is stopping"),
    INTERNAL(500, false, "The service made a mistake"),

    // What a stream may tell.
    NARRATOR_FAILED(502, true, "The narrator broke off"),
    NARRATOR_SILENT(504, true, "The narrator said nothing for too long"),
    NARRATOR_UNAVAILABLE(503, true, "There is no narrator at present"),
    NARRATIVE_TOO_LONG(502, true, "The narrator wrote more than a turn may hold"),
    TURN_TIMEOUT(504, true, "The turn took too long"),
    STALLED(408, true, "The client took nothing for too long"),
    IDLE(408, true, "Nothing was heard of the client for too long"),
    REVOKED(401, false, "The credentials were taken back");

    private final int status;
    private final boolean retry;
    private final String title;

    ErrorCode(int status, boolean retry, String title) {
        this.status = status;
        this.retry = retry;
        this.title = title;
    }

    /** Returns the code as clients see it, such as {@code too_deep}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the HTTP status of an answer that is nothing but this error. */
    public int status() {
        return status;
    }

    /** Returns whether the same request may succeed later. */
    public boolean retry() {
        return retry;
    }

    /**
     * Returns what the header {@code Retry-After} of an answer says, in seconds; null if it has
     * none.
     */
    public @Nullable String retryAfter() {
        return switch (status) {
            case 429 -> "1";
            case 503 -> retry ? "2" : null;
            default -> null;
        };
    }

    /** Returns what the code means, the same for each occurrence. */
    public String title() {
        return title;
    }

    /** Returns the code by which a stream says why it is closed. */
    public static ErrorCode of(CloseReason reason) {
        return switch (reason) {
            case STALLED -> STALLED;
            case IDLE -> IDLE;
            case SHUTDOWN -> SHUTTING_DOWN;
            case TOO_MANY_STREAMS -> TOO_MANY_STREAMS;
            case REVOKED -> REVOKED;
        };
    }
}
