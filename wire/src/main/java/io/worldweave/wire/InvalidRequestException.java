package io.worldweave.wire;

import io.worldweave.domain.json.Pointer;

/** A request was JSON, but not of the form that is asked for: it says where, and what is wrong. */
@SuppressWarnings("serial")
public final class InvalidRequestException extends RuntimeException {
    private final ErrorCode code;
    private final transient Pointer pointer;
    private final String reason;

    public InvalidRequestException(ErrorCode code, Pointer pointer, String reason) {
        super(pointer + ": " + reason, null, false, false);
        this.code = code;
        this.pointer = pointer;
        this.reason = reason;
    }

    /** Returns {@code INVALID_REQUEST} or {@code INVALID_ID}. */
    public ErrorCode code() {
        return code;
    }

    /** Returns where in the body the fault is; the root if it is the body's own. */
    public Pointer pointer() {
        return pointer;
    }

    /** Returns a sentence without the place, for the one who sent the request. */
    public String reason() {
        return reason;
    }
}
