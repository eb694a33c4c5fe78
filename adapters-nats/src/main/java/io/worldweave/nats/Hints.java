package io.worldweave.nats;

import io.worldweave.domain.bus.OutsideEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What was heard on a user's subjects and is still looked for in the stream, what was found there
 * before it was heard, and what was brought without having been found.
 *
 * <p>Thread-safe.
 */
final class Hints {
    /** So much is remembered of each; more is forgotten, the oldest first. */
    private static final int REMEMBERED = 256;

    private final Deque<Hint> waiting = new ArrayDeque<>();
    private final Deque<OutsideEvent> ahead = new ArrayDeque<>();
    private final Deque<OutsideEvent> brought = new ArrayDeque<>();

    /**
     * Something that was heard: itself, for the same may be said twice. It is numbered if it had an
     * id, by which the stream may have dropped it as a repetition.
     */
    static final class Hint {
        private final OutsideEvent event;
        private final boolean numbered;

        Hint(OutsideEvent event, boolean numbered) {
            this.event = event;
            this.numbered = numbered;
        }

        OutsideEvent event() {
            return event;
        }

        boolean numbered() {
            return numbered;
        }
    }

    /** Notes that something was heard; it waits unless it was found before. */
    synchronized void add(Hint hint) {
        if (!ahead.remove(hint.event())) {
            remember(waiting, hint);
        }
    }

    private static <T> void remember(Deque<T> some, T one) {
        some.addLast(one);
        if (some.size() > REMEMBERED) {
            some.removeFirst();
        }
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Returns what waits, and lets it wait. */
    synchronized List<Hint> all() {
        return List.copyOf(waiting);
    }

    synchronized List<Hint> takeAll() {
        List<Hint> taken = all();
        waiting.clear();
        return taken;
    }

    /** Takes away those of {@code hints} that wait still, and returns them. */
    synchronized List<Hint> takeIfWaiting(List<Hint> hints) {
        List<Hint> taken = new ArrayList<>();
        for (Hint hint : hints) {
            if (waiting.remove(hint)) {
                taken.add(hint);
            }
        }
        return taken;
    }

    /** Notes that the stream has it, and returns whether it was brought before. */
    synchronized boolean found(OutsideEvent event) {
        if (!removeWaiting(event)) {
            remember(ahead, event);
        }
        return brought.remove(event);
    }

    private boolean removeWaiting(OutsideEvent event) {
        Iterator<Hint> hints = waiting.iterator();
        while (hints.hasNext()) {
            if (hints.next().event().equals(event)) {
                hints.remove();
                return true;
            }
        }
        return false;
    }

    /** Notes that it was brought: should the stream have it after all, not once more. */
    synchronized void brought(OutsideEvent event) {
        remember(brought, event);
    }

    /** All that the stream has was read, so that it will not have what was brought before. */
    synchronized void forgetBrought() {
        brought.clear();
    }
}
