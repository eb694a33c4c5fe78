package io.worldweave.websocket;

import io.worldweave.domain.weave.CloseReason;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.wire.Bell;
import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.SessionFrameJson;
import io.worldweave.wire.Utf8Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one session, until it is over or its client has gone: answers first, then what the stream
 * has, one message at a time.
 *
 * <p>It pulls: only what can be written is taken, so that the rest can still be squashed. A write
 * may block; that holds up this session and nobody else.
 *
 * <p>Not thread-safe: its own thread's, which calls {@link #write} once.
 */
final class SessionWriter {
    private static final int INITIAL_BYTES = 512;

    private final Subscription subscription;
    private final Outbox outbox;
    private final Bell bell;
    private final SessionFrameJson json;
    private final Liveness liveness;
    private final Outlet outlet;
    private @Nullable ErrorCode closing;

    SessionWriter(
            Subscription subscription,
            Outbox outbox,
            Bell bell,
            SessionFrameJson json,
            Liveness liveness,
            Outlet outlet) {
        this.subscription = subscription;
        this.outbox = outbox;
        this.bell = bell;
        this.json = json;
        this.liveness = liveness;
        this.outlet = outlet;
    }

    /**
     * Writes until the session is over. The subscription is closed afterwards, whatever happened.
     *
     * @return why the service ends it, or null if the client did
     */
    @Nullable ErrorCode write() throws IOException {
        try (subscription) {
            writeReady();
            while (!subscription.isOver()) {
                bell.await(nanosUntilDue());
                writeReady();
            }
            return closing;
        }
    }

    private long nanosUntilDue() {
        long alive = liveness.nanosUntilDue();
        return outbox.isHeld() ? alive : Math.min(alive, subscription.nanosUntilDue());
    }

    private void writeReady() throws IOException {
        do {
            if (liveness.isOver()) {
                subscription.close(CloseReason.IDLE);
            } else if (liveness.takePing()) {
                outlet.ping();
            }
        } while (writeOne());
    }

    /** Writes what comes next; false if nothing may go now. */
    private boolean writeOne() throws IOException {
        String answer = outbox.poll();
        if (answer != null) {
            outlet.send(answer);
            return true;
        }
        Frame frame = outbox.isHeld() ? null : subscription.poll();
        if (frame != null) {
            write(frame);
        }
        return frame != null;
    }

    private void write(Frame frame) throws IOException {
        if (frame instanceof Frame.Closing(CloseReason reason)) {
            closing = ErrorCode.of(reason);
        }
        // A session holds no buffer while it is silent.
        Utf8Buffer text = new Utf8Buffer(INITIAL_BYTES);
        switch (json.append(frame, text)) {
            case WRITTEN -> outlet.send(text.toString());
            case INEXPRESSIBLE -> write(subscription.snapshot());
            // Pings show that the session lives, heartbeats need not.
            case SILENT -> {}
        }
    }
}
