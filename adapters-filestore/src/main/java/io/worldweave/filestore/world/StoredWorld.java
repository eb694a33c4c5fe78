package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One world in its folder: its journal, and in memory what the journal says.
 *
 * <p>Two locks: the monitor guards all state and is held while a commit is forced to the disk;
 * {@link #behind} lets one thread at a time write what may be written later, most of it without the
 * monitor. The second is always taken first.
 *
 * <p>Thread-safe. Methods block for the disk.
 */
final class StoredWorld {
    private final WorldId world;
    private final JournalFolder folder;
    private final JournalLimits limits;
    private final Object behind = new Object();
    private final ReadableCopy copy;
    private @Nullable RecentHistory history;
    private @Nullable Segment segment;
    private @Nullable StoreUnavailableException failure;
    private boolean released;

    /** Whether a new segment is being begun, and what was committed since it was. */
    private boolean beginning;

    private final List<Delta> meanwhile = new ArrayList<>();

    StoredWorld(WorldId world, Path folder, JournalLimits limits) {
        this.world = world;
        this.folder = new JournalFolder(world, folder, limits);
        this.limits = limits;
        this.copy = new ReadableCopy(world, folder);
    }

    /** Returns the world's history, or null if it was released: then another object opens it. */
    synchronized @Nullable History open(Supplier<JsonObject> seed) {
        checkThatItWorks();
        if (released) {
            return null;
        }
        if (history == null) {
            try {
                JournalFolder.Journal journal = folder.open(seed);
                segment = journal.segment();
                history = journal.history();
            } catch (IOException | UnreadableLineException | DamagedJournalException unreadable) {
                throw new StoreUnavailableException(
                        "world " + world + " cannot be opened: " + unreadable.getMessage(),
                        unreadable);
            } finally {
                released = history == null;
            }
        }
        return opened().history();
    }

    synchronized Outcome commit(Position base, List<Delta> batch) {
        checkThatItWorks();
        RecentHistory present = opened();
        if (!present.head().position().equals(base)) {
            return new Outcome.Conflict(present.head().position());
        }
        return switch (present.outlook(batch)) {
            case RecentHistory.Outlook.Refused refused -> new Outcome.Rejected(refused.rejection());
            case RecentHistory.Outlook.State(WorldState after) -> commit(batch, after);
        };
    }

    private Outcome commit(List<Delta> batch, WorldState after) {
        try {
            openSegment().append(after.position().epoch(), batch);
        } catch (UnreadableLineException refused) {
            return new Outcome.Rejected(refused.rejection());
        } catch (IOException broken) {
            throw fail(broken);
        }
        opened().advance(batch, after);
        if (beginning) {
            meanwhile.addAll(batch);
        }
        return new Outcome.Committed(after.position());
    }

    synchronized Position position() {
        checkThatItWorks();
        return opened().head().position();
    }

    synchronized Since since(Position from) {
        checkThatItWorks();
        return opened().since(from);
    }

    /**
     * Writes what need not be on the disk for a commit: the readable copy, and a new segment; each
     * whether or not the other can be written.
     */
    void writeBehind() {
        synchronized (behind) {
            Failures failures = new Failures();
            failures.attempt("the copy of world " + world + " was not written", this::writeCopy);
            failures.attempt(
                    "the journal of world " + world + " did not begin anew", this::beginSegment);
            failures.throwIfAny();
        }
    }

    private void writeCopy() throws IOException {
        WorldState state = presentState();
        if (state != null) {
            copy.write(state);
        }
    }

    private synchronized @Nullable WorldState presentState() {
        return history == null || failure != null ? null : history.head();
    }

    /** Returns the state with which a new segment is to begin, or null if none is needed. */
    private synchronized @Nullable WorldState startOfASegment() {
        boolean full = segment != null && segment.deltas() >= limits.deltas();
        meanwhile.clear();
        beginning = full;
        return full ? opened().head() : null;
    }

    /** The state, which may be large, is written while commits go on; they are added at the end. */
    private void beginSegment() throws IOException, UnreadableLineException {
        WorldState start = startOfASegment();
        if (start == null) {
            return;
        }
        try {
            goOnIn(folder.begin(start));
        } finally {
            noLongerBeginning();
        }
        folder.deleteAllButTheLastTwo();
    }

    /**
     * Until the new segment has its name, the old one counts, and no failure of the new matters.
     */
    private synchronized void goOnIn(Segment next) throws IOException, UnreadableLineException {
        if (failure != null || segment == null) {
            next.discard();
            return;
        }
        try {
            if (!meanwhile.isEmpty()) {
                next.append(opened().head().position().epoch(), meanwhile);
            }
        } catch (IOException | UnreadableLineException refused) {
            next.discard();
            throw refused;
        }
        try (Segment _ = segment) {
            segment = next;
            next.publish();
        } catch (IOException broken) {
            throw fail(broken);
        }
    }

    private synchronized void noLongerBeginning() {
        beginning = false;
        meanwhile.clear();
    }

    /**
     * Writes what is behind, closes the journal and drops the history, so that another object may
     * open the world. To no effect when the disk failed: what it holds is unknown until the next
     * start.
     */
    void release() {
        synchronized (behind) {
            try {
                writeBehind();
            } finally {
                letGo();
            }
        }
    }

    private synchronized void letGo() {
        if (failure != null || released) {
            return;
        }
        WorldState last = presentState();
        released = true;
        history = null;
        try (Closeable _ = this::close) {
            if (last != null) {
                copy.write(last);
            }
        } catch (IOException broken) {
            throw new StoreUnavailableException(
                    "world " + world + " was not closed: " + broken, broken);
        }
    }

    /** Returns whether this object has no world any more, and none will be opened by it. */
    synchronized boolean isReleased() {
        return released;
    }

    /** Closes the journal; the world is not used any more. */
    synchronized void close() throws IOException {
        Segment open = segment;
        segment = null;
        if (open != null) {
            open.close();
        }
    }

    private void checkThatItWorks() {
        if (failure != null) {
            throw new StoreUnavailableException(
                    String.valueOf(failure.getMessage()), failure.getCause());
        }
    }

    private RecentHistory opened() {
        if (history == null) {
            throw new IllegalStateException("world " + world + " is not open");
        }
        return history;
    }

    private Segment openSegment() {
        if (segment == null) {
            throw new IllegalStateException("world " + world + " is closed");
        }
        return segment;
    }

    /** Ends all use of this world until the next start: what is on the disk is unknown now. */
    private StoreUnavailableException fail(IOException broken) {
        StoreUnavailableException unavailable =
                new StoreUnavailableException(
                        "the journal of world " + world + " failed: " + broken, broken);
        failure = unavailable;
        try {
            close();
        } catch (IOException alsoBroken) {
            broken.addSuppressed(alsoBroken);
        }
        return unavailable;
    }
}
