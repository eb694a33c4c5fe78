package io.worldweave.database;

import io.worldweave.domain.json.JsonObject;
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
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps worlds in PostgreSQL. Any number of processes may share a database; each of them may write
 * to each world, and a world's row is the queue in which they wait.
 *
 * <p>A commit is one statement, and so one transaction, that moves the world's row on from where
 * the commit began and adds a row for each delta. Its cost does not depend on how much there is in
 * the world: documents are written by {@link #writeBehind} alone, when the history has grown long.
 *
 * <p>Thread-safe. Commits to different worlds do not wait for each other.
 */
public final class DatabaseWorldStore implements WorldStore {
    private static final System.Logger LOG = System.getLogger(DatabaseWorldStore.class.getName());

    private final Database database;
    private final DatabaseLimits limits;
    private final Map<WorldId, OpenWorld> worlds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Begins to use a database. If it does not answer, the log says what to do, and this store is
     * unavailable until it does.
     *
     * @param source of connections that give up by themselves, as those of {@link PostgresSource}
     *     do; it stays the caller's to close
     */
    public DatabaseWorldStore(DataSource source, DatabaseLimits limits) {
        this.database = new Database(source, System::nanoTime);
        this.limits = limits;
        try {
            database.prepare();
        } catch (StoreUnavailableException away) {
            LOG.log(
                    Level.ERROR,
                    "{0}. Worlds are unavailable until it answers, which is tried every second."
                            + " See that PostgreSQL runs and can be reached from here, and that"
                            + " WORLDWEAVE_DATABASE_URL, _USER and _PASSWORD are right.",
                    away.getMessage());
        }
    }

    @Override
    public History open(WorldId world, Supplier<JsonObject> seed) {
        while (true) {
            checkOpen();
            Loaded loaded = load(world);
            if (loaded == null) {
                create(world, seed.get());
            } else {
                OpenWorld open =
                        worlds.computeIfAbsent(
                                world,
                                id ->
                                        new OpenWorld(
                                                id,
                                                loaded,
                                                database,
                                                limits,
                                                System::currentTimeMillis));
                if (open.take(loaded)) {
                    return loaded.history();
                }
                worlds.remove(world, open);
            }
        }
    }

    private @Nullable Loaded load(WorldId world) {
        return database.snapshot("opening " + world, connection -> Loaded.read(connection, world));
    }

    private void create(WorldId world, JsonObject seed) {
        WorldState begin = WorldState.initial(OpenWorld.newEpoch(), seed);
        if (insert(world, new History(begin, List.of()), begin)) {
            LOG.log(Level.INFO, "world {0} was created", world);
        }
    }

    /** Inserts a world; to no effect if there is one, also one that this made and was not told. */
    private boolean insert(WorldId world, History history, WorldState head) {
        try {
            return database.transaction(connection -> insert(connection, world, history, head));
        } catch (SQLException failure) {
            throw Database.unavailable("creating " + world, failure);
        }
    }

    private static boolean insert(
            Connection connection, WorldId world, History history, WorldState head)
            throws SQLException {
        Long id = WorldTable.insert(connection, world, head.position(), history.base().revision());
        if (id == null) {
            return false;
        }
        DocumentTable.write(connection, id, history.base());
        DeltaTable.insert(connection, id, history.deltas());
        return true;
    }

    @Override
    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
        checkOpen();
        WorldStore.check(base, deltas);
        return opened(world).commit(base, deltas);
    }

    @Override
    public Outcome commitInTurn(
            WorldId world, Position known, Function<List<Delta>, List<Delta>> decide) {
        checkOpen();
        return opened(world).commitInTurn(known, decide);
    }

    @Override
    public Position position(WorldId world) {
        checkOpen();
        long id = opened(world).id();
        return database.read(
                "asking for " + world, connection -> WorldTable.position(connection, id));
    }

    @Override
    public Since since(WorldId world, Position from) {
        checkOpen();
        long id = opened(world).id();
        return database.read("asking for " + world, connection -> since(connection, id, from));
    }

    private static Since since(Connection connection, long id, Position from) throws SQLException {
        Position present = WorldTable.position(connection, id);
        long behind = present.revision() - from.revision();
        if (!present.epoch().equals(from.epoch()) || behind < 0) {
            return new Since.Gone(present);
        }
        List<Delta> deltas =
                behind == 0
                        ? List.of()
                        : DeltaTable.between(connection, id, from.revision(), present.revision())
                                .deltas();
        return deltas.size() == behind ? new Since.Deltas(deltas) : new Since.Gone(present);
    }

    @Override
    public @Nullable WorldState at(WorldId world, long revision) {
        checkOpen();
        opened(world);
        return database.<@Nullable WorldState>snapshot(
                "reading " + world, connection -> Loaded.at(connection, world, revision));
    }

    @Override
    public Map<IdempotencyKey, Receipt> receipts(WorldId world, Set<IdempotencyKey> keys) {
        checkOpen();
        long id = opened(world).id();
        return database.read(
                "asking for keys", connection -> DeltaTable.receipts(connection, id, keys));
    }

    @Override
    public Outcome restart(WorldId world, Position base, WorldState state) {
        checkOpen();
        return opened(world).restart(base, state);
    }

    @Override
    public List<WorldId> worlds() {
        checkOpen();
        return database.read("listing the worlds", WorldTable::all);
    }

    @Override
    public boolean adopt(WorldId world, History history) {
        checkOpen();
        return insert(world, history, history.head());
    }

    @Override
    public void release(WorldId world) {
        checkOpen();
        OpenWorld open = worlds.remove(world);
        if (open != null) {
            open.release();
        }
    }

    @Override
    public boolean isAvailable() {
        return database.isAnswering();
    }

    @Override
    public int unavailableCount() {
        return database.isAnswering() ? 0 : worlds.size();
    }

    /**
     * Asks whether the database answers, and begins the histories of worlds later that have grown
     * long. To be called now and then; it costs as much as the documents that changed are large.
     *
     * @throws StoreUnavailableException if that failed for a world
     */
    public void writeBehind() {
        checkOpen();
        if (database.ask()) {
            worlds.values().forEach(OpenWorld::renew);
        }
    }

    @Override
    public void close() {
        closed = true;
        worlds.clear();
    }

    private OpenWorld opened(WorldId world) {
        OpenWorld open = worlds.get(world);
        if (open == null) {
            throw new IllegalStateException("world " + world + " is not open");
        }
        return open;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }
}
