package io.worldweave.websocket;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.function.LongSupplier;

/**
 * How many messages a client may send: so many in a second on average, and those of {@link
 * #BURST_SECONDS} at once after a silence.
 *
 * <p>Not thread-safe: its session's, whose messages come one after another.
 */
final class MessageRate {
    static final int BURST_SECONDS = 3;

    private final LongSupplier nanoTime;
    private final long nanosEach;
    private long spentUntilNanos;

    MessageRate(int perSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nanosEach = SECONDS.toNanos(1) / perSecond;
        this.spentUntilNanos = nanoTime.getAsLong() - SECONDS.toNanos(BURST_SECONDS);
    }

    /** Counts one message; false if it is one too many, and was not counted. */
    boolean admits() {
        long now = nanoTime.getAsLong();
        long from = now - SECONDS.toNanos(BURST_SECONDS);
        long next = (spentUntilNanos - from < 0 ? from : spentUntilNanos) + nanosEach;
        if (next - now > 0) {
            return false;
        }
        spentUntilNanos = next;
        return true;
    }
}
