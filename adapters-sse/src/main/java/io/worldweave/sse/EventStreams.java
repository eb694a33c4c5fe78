package io.worldweave.sse;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The writers at work: each answers one request on a virtual thread of its own, so that an idle
 * stream holds no thread of the container's and a stalled one holds up nobody.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class EventStreams {
    private static final Logger LOG = System.getLogger(EventStreams.class.getName());

    private final ThreadFactory threads = Thread.ofVirtual().name("sse-", 0).factory();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private int writers;

    /**
     * Writes one answer to its end. May block; an {@link IOException} means that the client has
     * gone.
     */
    @FunctionalInterface
    interface Writing {
        void run() throws IOException;
    }

    /** Returns how many answers are being written. */
    public int writerCount() {
        lock.lock();
        try {
            return writers;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until no answer is being written any more. To be called when the service stops, after
     * the subscriptions were closed: then every writer says its goodbye and ends.
     *
     * @return whether all ended in time
     */
    public boolean drain(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (writers > 0 && left > 0) {
                left = ended.awaitNanos(left);
            }
            return writers == 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets {@code writing} answer a request that was taken off its thread. Whatever becomes of it,
     * the request is completed, by the thread that wrote: another could do it amid a write.
     */
    void write(AsyncContext async, Writing writing) {
        async.setTimeout(0);
        count(1);
        threads.newThread(() -> run(async, writing)).start();
    }

    private void run(AsyncContext async, Writing writing) {
        try {
            writing.run();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a client has gone: {0}", gone.getMessage());
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "a stream broke off", failure);
        } finally {
            complete(async);
            count(-1);
        }
    }

    private void count(int more) {
        lock.lock();
        try {
            writers += more;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void complete(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException already) {
            LOG.log(Level.DEBUG, "the container had ended the request: {0}", already.getMessage());
        }
    }
}
