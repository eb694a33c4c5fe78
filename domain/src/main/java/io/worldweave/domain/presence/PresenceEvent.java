package io.worldweave.domain.presence;

import io.worldweave.domain.user.UserId;

/** That somebody has come to a zone, or is no longer there. */
public record PresenceEvent(Kind kind, UserId user, String zone) {
    /** What happened. */
    public enum Kind {
        JOIN,
        LEAVE
    }
}
