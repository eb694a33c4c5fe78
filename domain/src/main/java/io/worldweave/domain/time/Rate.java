package io.worldweave.domain.time;

import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * How often something may happen: so many times in a second on average, and those of {@link
 * #BURST_SECONDS} at once after a silence. The generic cell rate algorithm of ITU-T I.371.
 *
 * <p>Thread-safe. Never blocks.
 */
public final class Rate {
    /** What a silence saves up. */
    public static final int BURST_SECONDS = 3;

    private final Scheduler clock;
    private final long nanosEach;
    private long spentUntilNanos;

    /** Makes one that begins after a silence. */
    public Rate(int perSecond, Scheduler clock) {
        this.clock = clock;
        this.nanosEach = SECONDS.toNanos(1) / perSecond;
        this.spentUntilNanos = saved();
    }

    /** Counts one more; false if it is one too many, and was not counted. */
    public synchronized boolean admits() {
        long saved = saved();
        long next = (isSaved(saved) ? saved : spentUntilNanos) + nanosEach;
        if (next - clock.nanoTime() > 0) {
            return false;
        }
        spentUntilNanos = next;
        return true;
    }

    /** Tells whether it is as one that was just made. */
    public synchronized boolean isAtRest() {
        return isSaved(saved());
    }

    private boolean isSaved(long saved) {
        return spentUntilNanos - saved <= 0;
    }

    private long saved() {
        return clock.nanoTime() - SECONDS.toNanos(BURST_SECONDS);
    }
}
