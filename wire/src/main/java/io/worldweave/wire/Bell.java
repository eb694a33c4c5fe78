package io.worldweave.wire;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells the writer of a stream that something may wait for it.
 *
 * <p>A ring is never lost: one that comes before {@link #await} makes that return at once. The flag
 * is needed beside the thread's own permit, because a blocking write parks the same thread and may
 * use the permit up.
 *
 * <p>Thread-safe. {@link #await} belongs to one thread; {@link #run} never blocks, and costs next
 * to nothing while a ring has not been answered.
 */
public final class Bell implements Runnable {
    private final AtomicBoolean rung = new AtomicBoolean();
    private volatile @Nullable Thread listener;

    /** Rings. */
    @Override
    public void run() {
        if (!rung.getAndSet(true)) {
            LockSupport.unpark(listener);
        }
    }

    /** Waits for a ring, or until {@code nanos} have passed. An interrupt ends the wait, too. */
    public void await(long nanos) {
        listener = Thread.currentThread();
        long start = System.nanoTime();
        long left = nanos;
        while (!rung.get() && left > 0 && !Thread.interrupted()) {
            LockSupport.parkNanos(this, left);
            left = nanos - (System.nanoTime() - start);
        }
        rung.set(false);
    }
}
