package io.worldweave.domain.turn;

import io.worldweave.domain.live.Watchers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a turn has said so far, for all its viewers: each remembers how far it has come and reads on
 * from there.
 *
 * <p>Places are counted as in {@link TurnPosition}: a character of narrative is one, any other
 * event is one. So a viewer that was given chunks together and one that was given them singly stand
 * at the same place.
 *
 * <p>Thread-safe.
 */
public final class TurnLog {
    /**
     * So many characters of narrative are given in one piece at most, unless a single chunk is
     * longer.
     */
    static final int PIECE_LIMIT = 8_192;

    /** What was said at one place, and the revision that its viewers must have reached before. */
    private record Said(long start, TurnEvent event, long fence) {
        long end() {
            return start + (event instanceof TurnEvent.Content(String text) ? text.length() : 1);
        }
    }

    /** The next thing for a viewer, and where it stands afterwards. */
    public record Next(TurnEvent event, long offset) {}

    /** What was said from a place on, and which place that is. */
    record Rest(long offset, List<TurnNews.Piece> pieces) {}

    private final List<Said> said = new ArrayList<>();
    private final Watchers watchers = new Watchers();

    /**
     * Appends an event; after {@link TurnEvent.Done} there is none.
     *
     * @param fence the revision that a stream must have reached before it gives the event
     */
    void append(TurnEvent event, long fence) {
        synchronized (this) {
            if (isOver()) {
                throw new IllegalStateException("a turn that is done says nothing more");
            }
            said.add(new Said(end(), event, fence));
        }
        watchers.wakeAll();
    }

    /** Returns the place after all that was said. */
    public synchronized long end() {
        return said.isEmpty() ? 0 : said.getLast().end();
    }

    /** Returns the place of how the turn ends, or will end if it says nothing more before. */
    public synchronized long ending() {
        return isOver() ? said.getLast().start() : end();
    }

    /** Returns whether the turn has said how it ends. */
    public synchronized boolean isOver() {
        return !said.isEmpty() && said.getLast().event() instanceof TurnEvent.Done;
    }

    /**
     * Returns whether all was given to a viewer at {@code offset}, {@link TurnEvent.Done} included.
     */
    public synchronized boolean isOverAt(long offset) {
        return isOver() && offset >= end();
    }

    /**
     * Returns the revision that a viewer at {@code offset} must reach before it goes on; -1 if
     * nothing waits for it.
     */
    public synchronized long fenceAt(long offset) {
        int index = indexOf(offset);
        return index < said.size() ? said.get(index).fence() : -1;
    }

    /**
     * Returns what comes next for a viewer at {@code offset}: one event, or all the narrative that
     * waits there, put together without loss up to {@link #PIECE_LIMIT}. Null if nothing waits, or
     * a fence is ahead.
     *
     * @param reached the revision that the viewer has reached; fences up to it are open
     */
    public synchronized @Nullable Next next(long offset, long reached) {
        int index = indexOf(offset);
        if (index >= said.size() || said.get(index).fence() > reached) {
            return null;
        }
        Said first = said.get(index);
        if (!(first.event() instanceof TurnEvent.Content(String text))) {
            return new Next(first.event(), first.end());
        }
        StringBuilder piece = new StringBuilder(text.substring((int) (offset - first.start())));
        for (int i = index + 1; i < said.size(); i++) {
            if (!(said.get(i).event() instanceof TurnEvent.Content(String more))
                    || said.get(i).fence() > reached
                    || piece.length() + more.length() > PIECE_LIMIT) {
                break;
            }
            piece.append(more);
        }
        return new Next(new TurnEvent.Content(piece.toString()), offset + piece.length());
    }

    /**
     * Returns what was said from {@code offset} on as it was said, with its fences; what stands
     * astride of the place is whole.
     */
    synchronized Rest rest(long offset) {
        List<Said> rest = said.subList(indexOf(offset), said.size());
        return new Rest(
                rest.isEmpty() ? end() : rest.getFirst().start(),
                rest.stream().map(each -> new TurnNews.Piece(each.event(), each.fence())).toList());
    }

    /** Returns all the narrative so far. */
    public synchronized String text() {
        StringBuilder text = new StringBuilder();
        for (Said each : said) {
            if (each.event() instanceof TurnEvent.Content(String chunk)) {
                text.append(chunk);
            }
        }
        return text.toString();
    }

    /**
     * Runs {@code wake} whenever something was said, on the thread that said it; {@code wake} must
     * not block.
     */
    public void watch(Runnable wake) {
        watchers.add(wake);
    }

    /** Ends what {@link #watch} began with the same object. */
    public void unwatch(Runnable wake) {
        watchers.remove(wake);
    }

    /** Returns how many watch. */
    public int watcherCount() {
        return watchers.count();
    }

    /**
     * Returns the index of what stands at {@code offset}, or the number of all if nothing does yet.
     */
    private int indexOf(long offset) {
        int low = 0;
        int high = said.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (said.get(middle).end() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
