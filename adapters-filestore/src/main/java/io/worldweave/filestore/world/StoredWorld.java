package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One world in its folder: its journal, and in memory what the journal says.
 *
 * <p>Two locks: the monitor guards all state and is held while a commit is forced to the disk;
 * {@link #behind} lets one thread at a time write what may be written later, most of it without the
 * monitor. The second is always taken first.
 *
 * <p>When the disk fails, what it holds is unknown: the file is closed and never written to again,
 * and the world is unavailable until a later call, {@link Outage#PAUSE} or more after it, has read
 * it again as at a start and has written what it read to a new file.
 *
 * <p>Thread-safe. Methods block for the disk.
 */
final class StoredWorld {
    private static final System.Logger LOG = System.getLogger(StoredWorld.class.getName());

    private final WorldId world;
    private final JournalFolder folder;
    private final JournalLimits limits;
    private final LongSupplier nanoTime;
    private final Object behind = new Object();
    private final ReadableCopy copy;
    private final PlayerCopies players;
    private @Nullable RecentHistory history;
    private @Nullable Segment segment;
    private volatile @Nullable Outage outage;
    private boolean released;

    /** Whether a new segment is being begun, and what was committed since it was. */
    private boolean beginning;

    private final List<Delta> meanwhile = new ArrayList<>();

    StoredWorld(WorldId world, WorldFolders folders, JournalLimits limits, LongSupplier nanoTime) {
        Path own = folders.of(world);
        this.world = world;
        this.folder = new JournalFolder(world, own, limits);
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.copy = new ReadableCopy(world, own);
        this.players = new PlayerCopies(player -> folders.ofPart(world, player));
    }

    /** Returns the world's history, or null if it was released: then another object opens it. */
    @Nullable History open(Supplier<JsonObject> seed) {
        recover();
        return openNow(seed);
    }

    private synchronized @Nullable History openNow(Supplier<JsonObject> seed) {
        checkThatItWorks();
        if (released) {
            return null;
        }
        if (history == null) {
            try {
                goOnWith(folder.open(seed));
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

    private void goOnWith(JournalFolder.Journal journal) {
        segment = journal.segment();
        history = journal.history();
        players.changed(journal.history().history().deltas());
    }

    Outcome commit(Position base, List<Delta> batch) {
        recover();
        return commitNow(base, batch);
    }

    private synchronized Outcome commitNow(Position base, List<Delta> batch) {
        RecentHistory present = working();
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
        players.changed(batch);
        if (beginning) {
            meanwhile.addAll(batch);
        }
        return new Outcome.Committed(after.position());
    }

    Position position() {
        recover();
        synchronized (this) {
            return working().head().position();
        }
    }

    Since since(Position from) {
        recover();
        synchronized (this) {
            return working().since(from);
        }
    }

    private RecentHistory working() {
        checkThatItWorks();
        return opened();
    }

    /** Returns whether this world cannot be used since its disk failed. */
    boolean isUnavailable() {
        return outage != null;
    }

    /** Opens the world again after its disk failed, if it is time to try; to be tried again. */
    private void recover() {
        if (isUnavailable() && isDueForRecovery()) {
            synchronized (behind) {
                recoverNow();
            }
        }
    }

    private synchronized boolean isDueForRecovery() {
        Outage present = outage;
        return present != null && !released && present.isDueForCheck(nanoTime.getAsLong());
    }

    private synchronized void recoverNow() {
        if (!isDueForRecovery()) {
            return;
        }
        try {
            goOnWith(folder.openAnew());
            outage = null;
            LOG.log(Level.INFO, "world {0} is available again", world);
        } catch (IOException | UnreadableLineException | DamagedJournalException unreadable) {
            outage = outage("cannot be opened again", unreadable);
        }
    }

    private Outage outage(String what, Exception cause) {
        return new Outage(
                new StoreUnavailableException(
                        "the journal of world " + world + " " + what + ": " + cause.getMessage(),
                        cause),
                nanoTime.getAsLong());
    }

    /**
     * Writes what need not be on the disk for a commit: the readable copies, and a new segment;
     * each whether or not the others can be written. Before that a world whose disk failed is tried
     * again, so that it comes back even if nobody calls.
     */
    void writeBehind() {
        synchronized (behind) {
            recover();
            Failures failures = new Failures();
            failures.attempt("the copy of world " + world + " was not written", this::writeCopy);
            failures.attempt(
                    "the copies of the players of world " + world + " were not written",
                    this::writePlayers);
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

    /** Who is next is asked before the state is, so that the state has what they wait for. */
    private void writePlayers() {
        List<UserId> next = players.next();
        WorldState state = presentState();
        if (state != null) {
            players.write(next, state);
        }
    }

    private synchronized @Nullable WorldState presentState() {
        return history == null || outage != null ? null : history.head();
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
        if (outage != null || segment == null) {
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
     * open the world. To no effect while the disk fails: what it holds is unknown until this object
     * has gone on in a new file.
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
        if (outage != null || released) {
            return;
        }
        WorldState last = presentState();
        released = true;
        history = null;
        try (Closeable _ = this::closeSegment) {
            if (last != null) {
                copy.write(last);
                players.write(players.next(), last);
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
        released = true;
        closeSegment();
    }

    private void closeSegment() throws IOException {
        Segment open = segment;
        segment = null;
        if (open != null) {
            open.close();
        }
    }

    private void checkThatItWorks() {
        Outage present = outage;
        if (present != null) {
            throw present.again();
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

    /** Ends all use of this world until it has been opened again. */
    private StoreUnavailableException fail(IOException broken) {
        try {
            closeSegment();
        } catch (IOException alsoBroken) {
            broken.addSuppressed(alsoBroken);
        }
        Outage begun = outage("failed", broken);
        outage = begun;
        return begun.failure();
    }
}
