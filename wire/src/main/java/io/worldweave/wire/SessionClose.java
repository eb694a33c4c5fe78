package io.worldweave.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How sessions are closed: the code in the close frame, and whether to come back. Codes below 4000
 * mean what RFC 6455 says; of the service's own, 4000 to 4499 ask to come back with the cursor, and
 * 4500 to 4999 to stay away, at least in this way.
 *
 * <p>The reason beside the code, and the {@code error} message before it, is an {@link ErrorCode}.
 */
public enum SessionClose {
    GOING_AWAY(1001, true),
    NOT_ALLOWED(1008, false),
    TOO_LARGE(1009, false),
    INTERNAL(1011, true),
    TRY_AGAIN_LATER(1013, true),
    STALLED(4001, true),
    IDLE(4002, true),
    TOO_MANY_STREAMS(4501, false),
    UNKNOWN_EXPERIENCE(4502, false),
    INVALID_REQUEST(4503, false),
    FORBIDDEN(4504, false);

    private final int code;
    private final boolean comeBack;

    SessionClose(int code, boolean comeBack) {
        this.code = code;
        this.comeBack = comeBack;
    }

    /** Returns the number in the close frame. */
    public int code() {
        return code;
    }

    /** Returns whether the client should come back with its cursor. */
    public boolean comeBack() {
        return comeBack;
    }

    /** Returns why a session may be closed so. */
    public List<ErrorCode> reasons() {
        return Arrays.stream(ErrorCode.values()).filter(reason -> find(reason) == this).toList();
    }

    /** Returns how a session is closed for this reason; as a mistake if none should end so. */
    public static SessionClose of(ErrorCode reason) {
        return Objects.requireNonNullElse(find(reason), INTERNAL);
    }

    private static @Nullable SessionClose find(ErrorCode reason) {
        return switch (reason) {
            case SHUTTING_DOWN -> GOING_AWAY;
            case UNAUTHENTICATED, REVOKED -> NOT_ALLOWED;
            case TOO_LARGE -> TOO_LARGE;
            case INTERNAL -> INTERNAL;
            case STORE_UNAVAILABLE -> TRY_AGAIN_LATER;
            case STALLED -> STALLED;
            case IDLE -> IDLE;
            case TOO_MANY_STREAMS -> TOO_MANY_STREAMS;
            case UNKNOWN_EXPERIENCE -> UNKNOWN_EXPERIENCE;
            case INVALID_REQUEST, INVALID_ID -> INVALID_REQUEST;
            case FORBIDDEN -> FORBIDDEN;
            default -> null;
        };
    }
}
