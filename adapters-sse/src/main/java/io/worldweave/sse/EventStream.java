package io.worldweave.sse;

import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.wire.Bell;
import io.worldweave.wire.Utf8Buffer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes one subscription as server-sent events, until it is over or its client has gone.
 *
 * <p>It pulls: everything that is ready goes into one write (I11), and only what can be written is
 * taken, so that the rest can still be squashed. A write may block for as long as the client likes
 * and the container allows; that holds up this stream and nobody else.
 *
 * <p>Not thread-safe: its writer's, whose thread calls {@link #writeTo} once.
 */
final class EventStream implements AutoCloseable {
    /** Once so many bytes are gathered they are written; an event is never divided. */
    static final int BATCH_BYTES = 16 * 1024;

    private static final int INITIAL_BYTES = 512;

    private final Subscription subscription;
    private final Bell bell;
    private final EventText text;

    /**
     * @param bell rung when the subscription may have something
     */
    EventStream(Subscription subscription, Bell bell, EventText text) {
        this.subscription = subscription;
        this.bell = bell;
        this.text = text;
    }

    /**
     * Writes until there is nothing more to come. The subscription is closed afterwards, whatever
     * happened.
     */
    void writeTo(OutputStream out) throws IOException {
        try (subscription) {
            Utf8Buffer first = new Utf8Buffer(INITIAL_BYTES);
            text.opening(first);
            writeReady(first, out);
            while (!subscription.isOver()) {
                bell.await(subscription.nanosUntilDue());
                // A buffer lives from one silence to the next: an idle stream holds none.
                writeReady(new Utf8Buffer(INITIAL_BYTES), out);
            }
        }
    }

    /** Ends a stream that is not written after all. */
    @Override
    public void close() {
        subscription.close();
    }

    private void writeReady(Utf8Buffer batch, OutputStream out) throws IOException {
        gather(batch);
        while (batch.size() > 0) {
            batch.writeTo(out);
            out.flush();
            batch.clear();
            gather(batch);
        }
    }

    private void gather(Utf8Buffer batch) {
        Frame frame;
        while (batch.size() < BATCH_BYTES && (frame = subscription.poll()) != null) {
            text.append(frame, subscription, batch);
        }
    }
}
