package io.worldweave.database;

import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A commit that has the world's row to itself from before it is decided: whoever else writes to the
 * world waits in the database until this has ended.
 *
 * <p>Not thread-safe: under its world's lock.
 */
final class Turn {
    private static final int ATTEMPTS = 2;

    private final OpenWorld world;
    private final Position known;
    private final Function<List<Delta>, List<Delta>> decide;
    private Position present;
    private @Nullable Batch batch;
    private @Nullable WorldState after;

    Turn(OpenWorld world, Position known, Function<List<Delta>, List<Delta>> decide) {
        this.world = world;
        this.known = known;
        this.decide = decide;
        this.present = known;
    }

    /** Returns what was tried to be committed; null if it did not come so far. */
    @Nullable Batch batch() {
        return batch;
    }

    /** Returns the state that it leads to. */
    @Nullable WorldState after() {
        return after;
    }

    Outcome take() {
        for (int attempt = 1; ; attempt++) {
            try {
                return world.database().transaction(this::on);
            } catch (SQLException failure) {
                Batch made = batch;
                if (made != null) {
                    return world.unfinished()
                            .after(failure, new OnceWritten.Append(world.id(), present, made));
                }
                // What it read is lost, and nothing was written.
                if (attempt == ATTEMPTS || SqlFailure.of(failure) != SqlFailure.UNKNOWN) {
                    throw Database.unavailable("committing in turn", failure);
                }
            }
        }
    }

    private Outcome on(Connection connection) throws SQLException {
        present = WorldTable.lock(connection, world.id());
        if (!isKnown(connection)) {
            return new Outcome.Conflict(present);
        }
        List<Delta> deltas = decide.apply(missed(connection));
        if (deltas.isEmpty()) {
            return new Outcome.Committed(present);
        }
        WorldStore.check(present, deltas);
        return switch (world.head().apply(deltas)) {
            case Edit.Refused<WorldState>(Rejection rejection) -> new Outcome.Rejected(rejection);
            case Edit.Applied<WorldState>(WorldState applied) ->
                    append(connection, deltas, applied);
        };
    }

    private boolean isKnown(Connection connection) throws SQLException {
        return present.epoch().equals(known.epoch())
                && present.epoch().equals(world.head().position().epoch())
                && present.revision() >= known.revision()
                && WorldTable.base(connection, world.id())
                        <= Math.min(known.revision(), world.head().revision());
    }

    /** Brings the world's head to the present, and returns the deltas since {@link #known}. */
    private List<Delta> missed(Connection connection) throws SQLException {
        long from = Math.min(known.revision(), world.head().revision());
        DeltaTable.Read read = DeltaTable.between(connection, world.id(), from, present.revision());
        if (!world.catchUp(read, present)) {
            throw new SQLException("a delta before " + present + " is missing", "02000");
        }
        return read.deltas().stream().filter(delta -> delta.base() >= known.revision()).toList();
    }

    private Outcome append(Connection connection, List<Delta> deltas, WorldState applied)
            throws SQLException {
        Batch made = Batch.of(deltas);
        batch = made;
        after = applied;
        if (!DeltaTable.append(connection, world.id(), present, made)) {
            throw new IllegalStateException("the world moved in spite of its lock");
        }
        return new Outcome.Committed(applied.position());
    }
}
