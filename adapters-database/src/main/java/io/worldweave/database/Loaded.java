package io.worldweave.database;

import io.worldweave.domain.store.History;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A world as the database has it at one time.
 *
 * @param id of its row
 * @param head what the history leads to
 */
record Loaded(long id, History history, WorldState head) {

    /** Returns the world, or null if there is none, in a transaction that sees one time only. */
    static @Nullable Loaded read(Connection connection, WorldId world) throws SQLException {
        WorldTable.Found found = WorldTable.find(connection, world);
        if (found == null) {
            return null;
        }
        History history = history(connection, found, found.position().revision());
        return new Loaded(found.id(), history, history.head());
    }

    /** Returns the world as it was at a revision, or null if that is not kept, likewise. */
    static @Nullable WorldState at(Connection connection, WorldId world, long revision)
            throws SQLException {
        WorldTable.Found found = WorldTable.find(connection, world);
        if (found == null || revision < found.base() || revision > found.position().revision()) {
            return null;
        }
        return history(connection, found, revision).head();
    }

    private static History history(Connection connection, WorldTable.Found found, long revision)
            throws SQLException {
        Position base = found.position().at(found.base());
        WorldState state = DocumentTable.read(connection, found.id(), base);
        History history =
                new History(
                        state,
                        DeltaTable.between(connection, found.id(), base.revision(), revision)
                                .deltas());
        long expected = base.revision();
        for (Delta delta : history.deltas()) {
            if (delta.base() != expected++) {
                break;
            }
        }
        if (expected != revision) {
            throw new SQLException("a delta before revision " + revision + " is missing", "02000");
        }
        return history;
    }
}
