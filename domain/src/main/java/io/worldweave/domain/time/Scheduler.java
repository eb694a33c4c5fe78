package io.worldweave.domain.time;

import java.time.Duration;

/**
 * Clocks, and what happens later. In production real time; in tests virtual time, which moves when
 * the test says so.
 *
 * <p>Thread-safe. Never blocks.
 */
public interface Scheduler {
    /** Returns a time in nanoseconds that never goes back; only differences mean anything. */
    long nanoTime();

    /** Returns the wall clock in Unix milliseconds, which may jump. */
    long unixMillis();

    /**
     * Runs {@code task} once, {@code delay} from now, on a thread of the scheduler's. What it
     * throws is reported and harms no other task; a task may block.
     */
    Timer after(Duration delay, Runnable task);

    /** Something that will happen unless it is cancelled. */
    interface Timer {
        /** Makes it not happen, if it has not begun. May be called again, to no effect. */
        void cancel();
    }
}
