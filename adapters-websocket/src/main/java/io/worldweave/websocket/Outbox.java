package io.worldweave.websocket;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait to be written to one client, each ahead of what the stream has for it.
 *
 * <p>While an action is being done the stream is held back, so that its answer goes before the
 * update that it causes.
 *
 * <p>Thread-safe. Nothing here blocks.
 */
final class Outbox {
    private final int limit;
    private final Runnable wake;
    private final Queue<String> waiting = new ArrayDeque<>();
    private int holding;

    /**
     * @param limit so many may wait
     * @param wake run when there may be something to write; must not block
     */
    Outbox(int limit, Runnable wake) {
        this.limit = limit;
        this.wake = wake;
    }

    /** Adds an answer; false, and it is not added, if as many wait as may. */
    boolean offer(String answer) {
        synchronized (this) {
            if (waiting.size() >= limit) {
                return false;
            }
            waiting.add(answer);
        }
        wake.run();
        return true;
    }

    /** Takes the next answer, or null if none waits. */
    synchronized @Nullable String poll() {
        return waiting.poll();
    }

    /** Holds the stream back until {@link #release} was called as often. */
    synchronized void hold() {
        holding++;
    }

    void release() {
        synchronized (this) {
            holding--;
        }
        wake.run();
    }

    /** Returns whether nothing of the stream may be written now. */
    synchronized boolean isHeld() {
        return holding > 0;
    }
}
