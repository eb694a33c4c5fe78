package io.worldweave.domain.time;

import java.time.Duration;

/** A scheduler whose time stands still, and what is scheduled never happens. Thread-safe. */
public final class StillTime implements Scheduler {
    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public long unixMillis() {
        return 1_731_240_000_000L;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return () -> {};
    }
}
