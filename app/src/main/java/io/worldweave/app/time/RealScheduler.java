package io.worldweave.app.time;

import io.worldweave.domain.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Real time: one thread waits for what is due, and starts each task on a virtual thread of its own,
 * so that a task that blocks delays no other.
 *
 * <p>Thread-safe. Tasks that are due at different times start in that order.
 */
public final class RealScheduler implements Scheduler, AutoCloseable {
    /** So many timers wait at once; one more is the caller's mistake. */
    public static final int TIMER_LIMIT = 1_000_000;

    private static final System.Logger LOG = System.getLogger(RealScheduler.class.getName());

    private final ScheduledThreadPoolExecutor timers;
    private final int limit;

    public RealScheduler() {
        this(TIMER_LIMIT);
    }

    RealScheduler(int limit) {
        this.limit = limit;
        timers =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("worldweave-timer").daemon().factory());
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long unixMillis() {
        return System.currentTimeMillis();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Once the scheduler is closed nothing happens any more, and nobody is told.
     *
     * @throws RejectedExecutionException if {@link #TIMER_LIMIT} timers wait
     */
    @Override
    public Timer after(Duration delay, Runnable task) {
        if (waiting() >= limit) {
            throw new RejectedExecutionException("at most " + limit + " timers wait at once");
        }
        try {
            ScheduledFuture<?> future =
                    timers.schedule(() -> start(task), nanos(delay), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    /** Returns how many timers wait. */
    public int waiting() {
        return timers.getQueue().size();
    }

    /** Forgets all that waits; what has begun goes on. */
    @Override
    public void close() {
        timers.shutdownNow();
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("worldweave-task").start(() -> run(task));
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.log(System.Logger.Level.ERROR, "a scheduled task failed", failure);
        }
    }

    private static long nanos(Duration delay) {
        return delay.isNegative() ? 0 : TimeUnit.NANOSECONDS.convert(delay);
    }
}
