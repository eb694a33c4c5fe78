package io.worldweave.database;

import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A world that this process writes to: its row, and its state as far as it is known here. The state
 * is there to see whether deltas apply; other processes may be ahead, which each commit finds out.
 *
 * <p>Thread-safe. One commit of this process at a time; the others wait.
 */
final class OpenWorld {
    private final WorldId world;
    private final Database database;
    private final DatabaseLimits limits;
    private final LongSupplier unixMillis;
    private final Unfinished unfinished;
    private volatile long id;
    private WorldState head;
    private Past past;
    private boolean released;

    OpenWorld(
            WorldId world,
            Loaded loaded,
            Database database,
            DatabaseLimits limits,
            LongSupplier unixMillis) {
        this.world = world;
        this.database = database;
        this.limits = limits;
        this.unixMillis = unixMillis;
        this.unfinished = new Unfinished(database, limits.resolve());
        this.id = loaded.id();
        this.head = loaded.head();
        this.past = past(loaded);
    }

    private Past past(Loaded loaded) {
        return new Past(limits, loaded.history(), loaded.head(), unixMillis.getAsLong());
    }

    long id() {
        return id;
    }

    /** Takes over what was loaded, if it is newer; returns false if this was released. */
    synchronized boolean take(Loaded loaded) {
        if (!released && !isBehindHead(loaded.head().position())) {
            id = loaded.id();
            head = loaded.head();
            past = past(loaded);
        }
        return !released;
    }

    private boolean isBehindHead(Position position) {
        return position.epoch().equals(head.position().epoch())
                && position.revision() <= head.revision();
    }

    /** Ends the use of this object once a commit that is under way has ended. */
    synchronized void release() {
        released = true;
    }

    synchronized Outcome commit(Position base, List<Delta> deltas) {
        checkThatItIsOpen();
        if (!head.position().equals(base)) {
            follow();
        }
        if (!head.position().equals(base)) {
            return new Outcome.Conflict(head.position());
        }
        return switch (head.apply(deltas)) {
            case Edit.Refused<WorldState>(Rejection rejection) -> new Outcome.Rejected(rejection);
            case Edit.Applied<WorldState>(WorldState after) -> committed(Batch.of(deltas), after);
        };
    }

    /** Commits what was seen to apply to the head. */
    private Outcome committed(Batch batch, WorldState after) {
        Outcome outcome = unfinished.write(new OnceWritten.Append(id, head.position(), batch));
        if (outcome instanceof Outcome.Committed) {
            advance(after, batch);
        } else if (outcome instanceof Outcome.Conflict) {
            follow();
            return new Outcome.Conflict(head.position());
        }
        return outcome;
    }

    private void advance(WorldState after, Batch batch) {
        head = after;
        past.committed(batch.size(), batch.length());
    }

    synchronized Outcome commitInTurn(Position known, Function<List<Delta>, List<Delta>> decide) {
        checkThatItIsOpen();
        if (!isBehindHead(known)) {
            follow();
        }
        Turn turn = new Turn(this, known, decide);
        Outcome outcome = turn.take();
        if (turn.batch() != null && turn.after() != null) {
            if (outcome instanceof Outcome.Committed) {
                advance(turn.after(), turn.batch());
            } else if (outcome instanceof Outcome.Conflict) {
                follow();
                return new Outcome.Conflict(head.position());
            }
        }
        return outcome;
    }

    WorldState head() {
        return head;
    }

    Database database() {
        return database;
    }

    Unfinished unfinished() {
        return unfinished;
    }

    synchronized Outcome restart(Position base, WorldState state) {
        checkThatItIsOpen();
        WorldState begin = state.begunAnew(new Position(newEpoch(), base.revision() + 1));
        Outcome outcome = unfinished.write(new OnceWritten.Restart(id, base, begin));
        if (outcome instanceof Outcome.Committed) {
            head = begin;
            past = new Past(limits, new History(begin, List.of()), begin, unixMillis.getAsLong());
        }
        return outcome;
    }

    static String newEpoch() {
        return UUID.randomUUID().toString();
    }

    /** Begins the history later if it has grown long; written beside the commits. */
    void renew() {
        WorldState due = due();
        if (due != null) {
            begin(due);
        }
    }

    private synchronized @Nullable WorldState due() {
        return released ? null : past.due(head, unixMillis.getAsLong());
    }

    private void begin(WorldState base) {
        try {
            database.<@Nullable Void>transaction(connection -> {
                if (WorldTable.raiseBase(connection, id, base.position())) {
                    DocumentTable.write(connection, id, base);
                    DeltaTable.deleteTo(connection, id, base.revision());
                }
                return null;
            });
        } catch (SQLException failure) {
            throw Database.unavailable("renewing the state of " + world, failure);
        }
    }

    /** Brings the head to where the store is. */
    private void follow() {
        boolean followed =
                database.read(
                        "following " + world,
                        connection -> {
                            Position present = WorldTable.position(connection, id);
                            return present.equals(head.position())
                                    || (present.epoch().equals(head.position().epoch())
                                            && catchUp(
                                                    DeltaTable.between(
                                                            connection,
                                                            id,
                                                            head.revision(),
                                                            present.revision()),
                                                    present));
                        });
        if (!followed) {
            Loaded loaded =
                    database.<@Nullable Loaded>snapshot(
                            "reading " + world, connection -> Loaded.read(connection, world));
            if (loaded == null) {
                throw new StoreUnavailableException(world + " is gone from the database", null);
            }
            id = loaded.id();
            head = loaded.head();
            past = past(loaded);
        }
    }

    /**
     * Applies those deltas that lead on from the head; returns whether it is at {@code present}.
     */
    boolean catchUp(DeltaTable.Read read, Position present) {
        List<Delta> missed =
                read.deltas().stream().filter(delta -> delta.base() >= head.revision()).toList();
        if (missed.isEmpty() || missed.size() != present.revision() - head.revision()) {
            return head.position().equals(present);
        }
        head =
                switch (head.apply(missed)) {
                    case Edit.Applied<WorldState>(WorldState after) -> after;
                    case Edit.Refused<WorldState>(Rejection rejection) ->
                            throw new StoreUnavailableException(
                                    "a delta of "
                                            + world
                                            + " does not apply: "
                                            + rejection.reason(),
                                    null);
                };
        past.committed(missed.size(), read.length() * missed.size() / read.deltas().size());
        return head.position().equals(present);
    }

    private void checkThatItIsOpen() {
        if (released) {
            throw new IllegalStateException("world " + world + " is not open");
        }
    }
}
