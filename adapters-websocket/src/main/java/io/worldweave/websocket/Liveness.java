package io.worldweave.websocket;

import java.util.function.LongSupplier;

/**
 * Whether a client still lives: it is pinged regularly, whatever else it is sent, and must be heard
 * of, be it by a pong. While it is being answered nothing can be heard of it, and it counts as
 * heard.
 *
 * <p>Thread-safe, but that one thread alone pings, and one alone answers.
 */
final class Liveness {
    private final long pingNanos;
    private final long idleNanos;
    private final LongSupplier nanoTime;
    private volatile long heardNanos;
    private volatile boolean answering;
    private long pingedNanos;

    Liveness(SessionLimits limits, LongSupplier nanoTime) {
        this.pingNanos = limits.ping().toNanos();
        this.idleNanos = limits.idle().toNanos();
        this.nanoTime = nanoTime;
        this.heardNanos = nanoTime.getAsLong();
        this.pingedNanos = heardNanos;
    }

    /** Notes that something was heard of the client. */
    void heard() {
        heardNanos = nanoTime.getAsLong();
    }

    /** Notes that nothing can be heard of the client until {@link #answered}. */
    void answering() {
        answering = true;
    }

    /** Notes that the client can be heard of again. */
    void answered() {
        heard();
        answering = false;
    }

    /** Returns whether nothing was heard for the idle limit. */
    boolean isOver() {
        return idleNanosLeft(nanoTime.getAsLong()) <= 0;
    }

    /** Returns whether a ping is due, and counts it as sent. */
    boolean takePing() {
        long now = nanoTime.getAsLong();
        if (now - pingedNanos < pingNanos) {
            return false;
        }
        pingedNanos = now;
        return true;
    }

    /** Returns how long until {@link #takePing} or {@link #isOver} may say something new. */
    long nanosUntilDue() {
        long now = nanoTime.getAsLong();
        return Math.max(0, Math.min(pingedNanos + pingNanos - now, idleNanosLeft(now)));
    }

    private long idleNanosLeft(long now) {
        return answering ? idleNanos : heardNanos + idleNanos - now;
    }
}
