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
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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
    private final Path folder;
    private final int historyLimit;
    private final Object behind = new Object();
    private final ReadableCopy copy;
    private @Nullable RecentHistory history;
    private @Nullable Segment segment;
    private @Nullable StoreUnavailableException failure;
    private boolean released;

    /** Whether a new segment is being begun, and what was committed since it was. */
    private boolean beginning;

    private final List<Delta> meanwhile = new ArrayList<>();

    StoredWorld(WorldId world, Path folder, int historyLimit) {
        this.world = world;
        this.folder = folder;
        this.historyLimit = historyLimit;
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
                load(seed);
            } catch (IOException | DamagedJournalException unreadable) {
                throw new StoreUnavailableException(
                        "world " + world + " cannot be opened: " + unreadable.getMessage(),
                        unreadable);
            } finally {
                released = history == null;
            }
        }
        return opened().history();
    }

    private void load(Supplier<JsonObject> seed) throws IOException {
        JournalFolder journal = new JournalFolder(world, folder);
        journal.deleteUnfinished();
        Path newest = journal.newest();
        if (newest == null) {
            WorldState state = WorldState.initial(newEpoch(), seed.get());
            DurableFiles.createDirectories(folder);
            Segment first = Segment.begin(journal.file(0), world, state, "");
            first.publish();
            segment = first;
            history = new RecentHistory(state, historyLimit);
        } else {
            SegmentContent content = SegmentContent.read(newest, world);
            RecentHistory read = journal.history(content, historyLimit);
            segment = Segment.resume(newest, content);
            history = read;
        }
    }

    synchronized Outcome commit(Position base, List<Delta> batch) {
        checkThatItWorks();
        RecentHistory present = opened();
        if (!present.head().position().equals(base)) {
            return new Outcome.Conflict(present.head().position());
        }
        return switch (present.outlook(batch)) {
            case RecentHistory.Outlook.Refused refused -> new Outcome.Rejected(refused.rejection());
            case RecentHistory.Outlook.State state -> {
                append(base.epoch(), batch);
                present.advance(batch, state.after());
                if (beginning) {
                    meanwhile.addAll(batch);
                }
                yield new Outcome.Committed(state.after().position());
            }
        };
    }

    private void append(String epoch, List<Delta> batch) {
        try {
            openSegment().append(epoch, batch);
        } catch (IOException broken) {
            throw fail(broken);
        }
    }

    synchronized Position position() {
        checkThatItWorks();
        return opened().head().position();
    }

    synchronized Since since(Position from) {
        checkThatItWorks();
        return opened().since(from);
    }

    /** Writes what need not be on the disk for a commit: the readable copy, and a new segment. */
    void writeBehind() {
        synchronized (behind) {
            try {
                WorldState state = presentState();
                if (state != null) {
                    copy.write(state);
                }
                WorldState start = startOfASegment();
                if (start != null) {
                    beginSegment(start);
                }
            } catch (IOException broken) {
                throw new StoreUnavailableException(
                        "world " + world + " cannot be written behind: " + broken, broken);
            }
        }
    }

    private synchronized @Nullable WorldState presentState() {
        return history == null || failure != null ? null : history.head();
    }

    /** Returns the state with which a new segment is to begin, or null if none is needed. */
    private synchronized @Nullable WorldState startOfASegment() {
        boolean full = segment != null && segment.deltas() >= historyLimit;
        meanwhile.clear();
        beginning = full;
        return full ? opened().head() : null;
    }

    /** The state, which may be large, is written while commits go on; they are added at the end. */
    private void beginSegment(WorldState start) throws IOException {
        JournalFolder journal = new JournalFolder(world, folder);
        Segment next = Segment.begin(journal.file(start.revision()), world, start, "");
        synchronized (this) {
            beginning = false;
            if (failure != null || segment == null) {
                next.close();
                return;
            }
            try {
                if (!meanwhile.isEmpty()) {
                    next.append(start.position().epoch(), meanwhile);
                }
                next.publish();
                segment.close();
                segment = next;
            } catch (IOException broken) {
                next.close();
                throw fail(broken);
            }
        }
        journal.deleteAllButTheLastTwo();
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
                        "the journal of world " + world + " in " + folder + " failed: " + broken,
                        broken);
        failure = unavailable;
        try {
            close();
        } catch (IOException alsoBroken) {
            broken.addSuppressed(alsoBroken);
        }
        return unavailable;
    }

    /** Returns a name that no history of this world has had: 64 random bits. */
    private static String newEpoch() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
