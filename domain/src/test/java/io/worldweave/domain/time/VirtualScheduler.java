package io.worldweave.domain.time;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that moves when the test says so; everything runs on the test's thread, in the order of its
 * due times.
 *
 * <p>Not thread-safe: the test's.
 */
public final class VirtualScheduler implements Scheduler {
    private static final long START_UNIX_MILLIS = 1_731_240_000_000L;

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(
                    Comparator.comparingLong((Task task) -> task.due)
                            .thenComparingLong(task -> task.order));
    private long now;
    private long order;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public long unixMillis() {
        return START_UNIX_MILLIS + now / 1_000_000;
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        Task task = new Task(now + Math.max(0, delay.toNanos()), order++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /** Runs what is due within {@code duration}, and moves on to its end. */
    public void advance(Duration duration) {
        long end = now + duration.toNanos();
        while (!tasks.isEmpty() && tasks.peek().due <= end) {
            Task task = tasks.remove();
            now = Math.max(now, task.due);
            task.work.run();
        }
        now = end;
    }

    /** Runs what is due now. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** Returns how many things are to happen. */
    public int pendingCount() {
        return tasks.size();
    }

    private record Task(long due, long order, Runnable work) {}
}
