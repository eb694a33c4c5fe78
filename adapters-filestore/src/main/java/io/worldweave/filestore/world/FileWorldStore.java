package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps worlds as files: a journal for each, forced to the disk with every commit, and beside it a
 * copy for people to read. One process owns a data directory.
 *
 * <p>A world whose files are damaged or whose disk fails is unavailable, and no other is. After a
 * failure of the disk it goes on in a new file from what was acknowledged last, with a second
 * between two attempts; from then on it is available.
 *
 * <p>Thread-safe. Commits to different worlds do not wait for each other.
 */
public final class FileWorldStore implements WorldStore {
    /** So many deltas of each world are kept, unless the store is told otherwise. */
    public static final int HISTORY_LIMIT = KeptHistory.STANDARD.deltas();

    /** No more worlds are open at a time; each holds a file. */
    public static final int WORLDS_LIMIT = 20_000;

    private static final System.Logger LOG = System.getLogger(FileWorldStore.class.getName());

    private final WorldFolders folders;
    private final JournalLimits limits;
    private final Clocks clocks;
    private final CopyListener listener;
    private final DataLock lock;
    private final Quarantine quarantine;
    private final Map<WorldId, StoredWorld> worlds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Opens a data directory, creating it if need be. */
    public FileWorldStore(Path data) {
        this(data, KeptHistory.STANDARD);
    }

    /**
     * Opens a data directory, creating it if need be.
     *
     * @throws StoreUnavailableException if another process has it
     */
    public FileWorldStore(Path data, KeptHistory history) {
        this(data, new JournalLimits(history, Line.BYTES_LIMIT), Clocks.SYSTEM);
    }

    /** Opens a data directory to keep so many deltas of each world, however long or old. */
    public FileWorldStore(Path data, int historyLimit) {
        this(data, new JournalLimits(historyLimit, Line.BYTES_LIMIT), Clocks.SYSTEM);
    }

    /**
     * Opens a data directory, creating it if need be.
     *
     * @param listener is told of copies that were written; closed with this store
     * @throws StoreUnavailableException if another process has it
     */
    public FileWorldStore(Path data, KeptHistory history, CopyListener listener) {
        this(data, new JournalLimits(history, Line.BYTES_LIMIT), Clocks.SYSTEM, listener);
    }

    FileWorldStore(Path data, JournalLimits limits, LongSupplier nanoTime) {
        this(data, limits, new Clocks(nanoTime, System::currentTimeMillis));
    }

    FileWorldStore(Path data, JournalLimits limits, Clocks clocks) {
        this(data, limits, clocks, CopyListener.NONE);
    }

    private FileWorldStore(Path data, JournalLimits limits, Clocks clocks, CopyListener listener) {
        this.folders = new WorldFolders(data);
        this.limits = limits;
        this.clocks = clocks;
        this.listener = listener;
        this.quarantine = new Quarantine(clocks.nanoTime());
        this.lock = DataLock.take(data);
    }

    @Override
    public History open(WorldId world, Supplier<JsonObject> seed) {
        while (true) {
            checkOpen();
            quarantine.check(world);
            StoredWorld stored = storedOrNew(world);
            try {
                History history = stored.open(seed);
                if (history != null) {
                    quarantine.lift(world);
                    return history;
                }
            } catch (DamagedWorldException damage) {
                quarantine.add(world, damage);
                throw damage;
            } finally {
                forgetIfReleased(world, stored);
            }
        }
    }

    private StoredWorld storedOrNew(WorldId world) {
        StoredWorld stored = worlds.get(world);
        if (stored != null) {
            return stored;
        }
        if (worlds.size() >= WORLDS_LIMIT) {
            throw new StoreUnavailableException(
                    "there are " + WORLDS_LIMIT + " worlds open, and no more may be", null);
        }
        return worlds.computeIfAbsent(
                world, id -> new StoredWorld(id, folders, limits, clocks, listener));
    }

    @Override
    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
        checkOpen();
        WorldStore.check(base, deltas);
        return stored(world).commit(base, deltas);
    }

    @Override
    public Position position(WorldId world) {
        checkOpen();
        return stored(world).position();
    }

    @Override
    public Since since(WorldId world, Position from) {
        checkOpen();
        return stored(world).since(from);
    }

    @Override
    public @Nullable WorldState at(WorldId world, long revision) {
        checkOpen();
        return stored(world).at(revision);
    }

    @Override
    public Map<IdempotencyKey, Receipt> receipts(WorldId world, Set<IdempotencyKey> keys) {
        checkOpen();
        return stored(world).receipts(keys);
    }

    @Override
    public Outcome restart(WorldId world, Position base, WorldState state) {
        checkOpen();
        return stored(world).restart(base, state);
    }

    @Override
    public List<WorldId> worlds() {
        checkOpen();
        try {
            return new WorldListing(folders).worlds();
        } catch (IOException broken) {
            throw new StoreUnavailableException(
                    "the worlds cannot be listed: " + broken.getMessage(), broken);
        }
    }

    @Override
    public boolean adopt(WorldId world, History history) {
        checkOpen();
        WorldState head = history.head();
        StoredWorld stored = storedOrNew(world);
        try {
            boolean adopted = stored.adopt(history);
            if (adopted) {
                LOG.log(Level.INFO, "world {0} was taken over at {1}", world, head.position());
            }
            return adopted;
        } finally {
            forgetIfReleased(world, stored);
        }
    }

    /**
     * Writes what is behind and closes the world's journal. What could not be written is reported
     * in the log: whoever makes room has no part in it, and nothing that was acknowledged is lost.
     * A world whose disk fails is not let go of.
     */
    @Override
    public void release(WorldId world) {
        checkOpen();
        StoredWorld stored = worlds.get(world);
        if (stored == null) {
            return;
        }
        try {
            stored.release();
        } catch (StoreUnavailableException notWritten) {
            LOG.log(Level.WARNING, "not all of a released world was written", notWritten);
        } finally {
            forgetIfReleased(world, stored);
        }
    }

    private void forgetIfReleased(WorldId world, StoredWorld stored) {
        if (stored.isReleased()) {
            worlds.remove(world, stored);
        }
    }

    @Override
    public int unavailableCount() {
        return (int) worlds.values().stream().filter(StoredWorld::isUnavailable).count();
    }

    @Override
    public Map<WorldId, String> damaged() {
        return quarantine.reasons();
    }

    /**
     * Tries the worlds again whose disk failed, and writes what no commit waits for: the readable
     * copies of worlds that have changed, and the state with which a journal begins anew when it
     * has grown long. To be called now and then; it costs as much as the worlds that changed since
     * are large.
     *
     * @throws StoreUnavailableException if that failed for a world; the others were written
     */
    public void writeBehind() {
        checkOpen();
        Failures failures = new Failures();
        writeAll(failures);
        failures.throwIfAny();
    }

    private void writeAll(Failures failures) {
        worlds.forEach((world, stored) ->
                failures.attempt("world " + world + " was not written", stored::writeBehind));
    }

    /**
     * Writes what is behind and lets go of the data directory.
     *
     * @throws StoreUnavailableException if a readable copy could not be written; the directory is
     *     let go of, and nothing that was acknowledged is lost
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Failures failures = new Failures();
        writeAll(failures);
        worlds.forEach((world, stored) ->
                failures.attempt("world " + world + " was not closed", stored::close));
        failures.attempt("what was written was not told", listener::close);
        failures.attempt("the data directory was not let go of", lock::close);
        failures.throwIfAny();
    }

    private StoredWorld stored(WorldId world) {
        StoredWorld stored = worlds.get(world);
        if (stored == null) {
            throw new IllegalStateException("world " + world + " is not open");
        }
        return stored;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }
}
