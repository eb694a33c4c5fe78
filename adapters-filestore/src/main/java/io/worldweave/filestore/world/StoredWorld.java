package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * and the world is unavailable until a later call, {@link Outage#PAUSE} or more after it, has begun
 * a new file with what was acknowledged last. What was not is as if it had never been asked for.
 *
 * <p>Thread-safe. Methods block for the disk.
 */
final class StoredWorld {
    private static final System.Logger LOG = System.getLogger(StoredWorld.class.getName());

    private final WorldId world;
    private final Path data;
    private final JournalFolder folder;
    private final LongSupplier unixMillis;
    private final Availability availability;
    private final Object behind = new Object();
    private final JournalWriter journal;
    private final Copies copies;
    private @Nullable RecentHistory history;
    private boolean released;

    /** Whether the present segment is all that the history needs, as far as was looked. */
    private boolean oneIsNeeded;

    StoredWorld(
            WorldId world,
            WorldFolders folders,
            JournalLimits limits,
            Clocks clocks,
            CopyListener listener) {
        this.world = world;
        this.data = folders.data();
        this.folder = new JournalFolder(world, folders.of(world), limits);
        this.unixMillis = clocks.unixMillis();
        this.availability = new Availability(world, clocks.nanoTime());
        this.journal = new JournalWriter(folder);
        this.copies = new Copies(world, folders, listener);
    }

    /** Returns the world's history, or null if it was released: then another object opens it. */
    @Nullable History open(Supplier<JsonObject> seed) {
        recover();
        return openNow(seed);
    }

    private synchronized @Nullable History openNow(Supplier<JsonObject> seed) {
        availability.check();
        if (released) {
            return null;
        }
        if (history == null) {
            try {
                history = journal.open(seed);
                copies.opened(history.history().deltas());
            } catch (DamagedJournalException damage) {
                throw damaged(damage);
            } catch (IOException | UnreadableLineException unreadable) {
                throw new StoreUnavailableException(
                        "world " + world + " cannot be opened: " + unreadable.getMessage(),
                        unreadable);
            } finally {
                released = history == null;
            }
        }
        return opened().history();
    }

    private DamagedWorldException damaged(DamagedJournalException damage) {
        return new DamagedWorldException(
                "what is kept of world " + world + " is damaged: " + damage.messageFrom(data),
                damage);
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
        return switch (present.head().apply(batch)) {
            case Edit.Refused<WorldState>(Rejection rejection) -> new Outcome.Rejected(rejection);
            case Edit.Applied<WorldState>(WorldState after) -> commit(batch, after);
        };
    }

    private Outcome commit(List<Delta> batch, WorldState after) {
        List<Integer> lengths;
        try {
            lengths = journal.append(after.position().epoch(), batch);
        } catch (UnreadableLineException refused) {
            return new Outcome.Rejected(refused.rejection());
        } catch (IOException broken) {
            throw fail(broken);
        }
        opened().advance(batch, lengths, after);
        copies.changed(batch);
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

    @Nullable WorldState at(long revision) {
        recover();
        synchronized (this) {
            return working().at(revision);
        }
    }

    Map<IdempotencyKey, Receipt> receipts(Set<IdempotencyKey> keys) {
        recover();
        synchronized (this) {
            return working().receipts(keys);
        }
    }

    /** Begins anew in a segment of its own; what was before it is deleted. */
    Outcome restart(Position base, WorldState state) {
        recover();
        synchronized (behind) {
            return restartNow(base, state);
        }
    }

    private synchronized Outcome restartNow(Position base, WorldState state) {
        WorldState before = working().head();
        if (!before.position().equals(base)) {
            return new Outcome.Conflict(before.position());
        }
        WorldState after =
                state.begunAnew(new Position(JournalFolder.newEpoch(), base.revision() + 1));
        try {
            publish(folder.begin(after));
            history = new RecentHistory(after, folder.limits().history());
            copies.begunAnew(before, after);
            folder.deleteBefore(after.revision());
        } catch (UnreadableLineException refused) {
            return new Outcome.Rejected(refused.rejection());
        } catch (IOException broken) {
            throw new StoreUnavailableException(
                    "world " + world + " could not begin anew: " + broken.getMessage(), broken);
        }
        return new Outcome.Committed(after.position());
    }

    /** Takes over a history from elsewhere; this object has no world afterwards. */
    synchronized boolean adopt(History adopted) {
        if (history != null || released) {
            return false;
        }
        try {
            boolean taken = folder.adopt(adopted);
            if (taken) {
                copies.writeAll(adopted.head());
            }
            return taken;
        } catch (DamagedJournalException damage) {
            throw damaged(damage);
        } catch (UnreadableLineException refused) {
            throw new IllegalArgumentException(refused.rejection().reason(), refused);
        } catch (IOException broken) {
            throw new StoreUnavailableException(
                    "world " + world + " was not taken over: " + broken.getMessage(), broken);
        } finally {
            released = true;
        }
    }

    private RecentHistory working() {
        availability.check();
        return opened();
    }

    /** Returns whether this world cannot be used since its disk failed. */
    boolean isUnavailable() {
        return !availability.isGiven();
    }

    /** Opens the world again after its disk failed, if it is time to try; to be tried again. */
    private void recover() {
        if (availability.isToBeTried()) {
            synchronized (behind) {
                recoverNow();
            }
        }
    }

    private synchronized void recoverNow() {
        if (released || !availability.isToBeTried()) {
            return;
        }
        try {
            journal.openAnew(opened());
            availability.restored();
            LOG.log(Level.INFO, "world {0} is available again", world);
        } catch (IOException | UnreadableLineException refused) {
            availability.lost("cannot be begun anew", refused);
        }
    }

    /**
     * Does what need not be done for a commit: the readable copies are written and a new segment is
     * begun, if the present one is long enough, each whether or not the other can be; the history
     * forgets what is too old. Before that a world whose disk failed is tried again, so that it
     * comes back even if nobody calls.
     */
    void writeBehind() {
        synchronized (behind) {
            recover();
            Failures failures = new Failures();
            copies.write(this::presentState, failures);
            failures.attempt(
                    "the journal of world " + world + " did not begin anew", this::compact);
            failures.throwIfAny();
        }
    }

    private synchronized @Nullable WorldState presentState() {
        return history == null || isUnavailable() ? null : history.head();
    }

    private void compact() throws IOException, UnreadableLineException {
        forgetOld();
        NextSegment next = next();
        if (next != null) {
            begin(next);
        }
        Long base = needed(next != null);
        if (base != null) {
            folder.deleteBefore(base);
        }
    }

    /**
     * Returns from which revision on segments are needed, or null if since it was last asked none
     * has become needless.
     *
     * @param begun whether a segment was begun since
     */
    private synchronized @Nullable Long needed(boolean begun) {
        if (history == null || !journal.isOpen()) {
            return null;
        }
        long base = history.baseRevision();
        boolean one = base >= journal.beginsAt();
        boolean changed = begun || one != oneIsNeeded;
        oneIsNeeded = one;
        return changed ? base : null;
    }

    private void begin(NextSegment next) throws IOException, UnreadableLineException {
        try {
            next.writeState();
            goOnIn(next);
        } finally {
            noNext();
        }
    }

    private synchronized void forgetOld() {
        if (history != null) {
            history.forgetOld(unixMillis.getAsLong());
        }
    }

    private synchronized @Nullable NextSegment next() {
        return journal.isFull(unixMillis.getAsLong()) ? journal.next(opened().head()) : null;
    }

    private synchronized void goOnIn(NextSegment next) throws IOException, UnreadableLineException {
        if (!journal.isOpen()) {
            next.discard();
            return;
        }
        publish(next.complete());
    }

    private void publish(Segment begun) {
        try {
            journal.goOnIn(begun);
        } catch (IOException broken) {
            throw fail(broken);
        }
    }

    private synchronized void noNext() {
        journal.noNext();
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
        if (isUnavailable() || released) {
            return;
        }
        WorldState last = presentState();
        released = true;
        history = null;
        Failures failures = new Failures();
        copies.write(() -> last, failures);
        failures.attempt("world " + world + " was not closed", journal::close);
        failures.throwIfAny();
    }

    /** Returns whether this object has no world any more, and none will be opened by it. */
    synchronized boolean isReleased() {
        return released;
    }

    /** Closes the journal; the world is not used any more. */
    synchronized void close() throws IOException {
        released = true;
        journal.close();
    }

    private RecentHistory opened() {
        if (history == null) {
            throw new IllegalStateException("world " + world + " is not open");
        }
        return history;
    }

    /** Ends all use of this world until it has been opened again. */
    private StoreUnavailableException fail(IOException broken) {
        try {
            journal.close();
        } catch (IOException alsoBroken) {
            broken.addSuppressed(alsoBroken);
        }
        return availability.lost("failed", broken);
    }
}
