package io.worldweave.domain.weave;

/** Why the service ends a stream, and whether its client should come back. */
public enum CloseReason {
    /** The client took nothing for the stall limit. */
    STALLED(true),
    /** Nothing was heard of the client for the idle limit. */
    IDLE(true),
    /** The service stops. */
    SHUTDOWN(true),
    /** The client has more streams than it may, and opened another. */
    TOO_MANY_STREAMS(false),
    /** The user's credentials were taken back. */
    REVOKED(false);

    private final boolean retry;

    CloseReason(boolean retry) {
        this.retry = retry;
    }

    /** Returns whether coming back with the cursor makes sense. */
    public boolean retry() {
        return retry;
    }
}
