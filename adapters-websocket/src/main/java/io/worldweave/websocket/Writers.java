package io.worldweave.websocket;

import io.worldweave.wire.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The writers at work: each writes one session on a virtual thread of its own, so that an idle
 * session holds no thread of the container's and a stalled one holds up nobody.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class Writers {
    private static final Logger LOG = System.getLogger(Writers.class.getName());

    private final ThreadFactory threads = Thread.ofVirtual().name("session-", 0).factory();
    private final Set<Outlet> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();

    @Inject SessionLimits limits;

    /** Returns how many sessions are written. */
    public int count() {
        return open.size();
    }

    /**
     * Waits until no session is written any more. To be called when the service stops, after the
     * subscriptions were closed: then every writer says its goodbye and ends.
     *
     * @return whether all ended in time
     */
    public boolean drain(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!open.isEmpty() && left > 0) {
                left = ended.awaitNanos(left);
            }
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Cuts off clients that have taken nothing of a message for too long. To be called regularly:
     * no write of the container's ends by itself.
     */
    public void cutOffStalled() {
        for (Outlet outlet : open) {
            if (outlet.blockedNanos() >= limits.write().toNanos() && outlet.giveUp()) {
                threads.newThread(() -> outlet.close(ErrorCode.STALLED)).start();
            }
        }
    }

    /** Lets a session be written to its end, and then closes its socket. */
    void write(SessionWriter writer, Outlet outlet) {
        open.add(outlet);
        threads.newThread(() -> run(writer, outlet)).start();
    }

    private void run(SessionWriter writer, Outlet outlet) {
        ErrorCode reason = ErrorCode.INTERNAL;
        try {
            reason = writer.write();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a client has gone: {0}", gone.getMessage());
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "a session broke off", failure);
        } finally {
            end(outlet, reason);
        }
    }

    private void end(Outlet outlet, @Nullable ErrorCode reason) {
        if (reason != null) {
            outlet.close(reason);
        }
        lock.lock();
        try {
            open.remove(outlet);
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
