package io.worldweave.websocket;

import io.worldweave.domain.weave.Subscription;
import io.worldweave.wire.ClientMessage;

/** One player's session, as its socket uses it. Thread-safe where the parts are. */
record PlayerSession(Subscription subscription, MessageAnswers answers, Liveness liveness) {
    /** Takes a message of the client; may block while it is answered. */
    void received(ClientMessage message) {
        liveness.answering();
        try {
            answers.answer(message);
        } finally {
            liveness.answered();
        }
    }

    /** Notes that the client lives. */
    void heard() {
        liveness.heard();
    }

    /** Ends the session because its client has gone. */
    void close() {
        subscription.close();
    }
}
