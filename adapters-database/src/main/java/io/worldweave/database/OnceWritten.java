package io.worldweave.database;

import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that is written to a world once, and bears a name by which it is known again. */
sealed interface OnceWritten {
    /** The id of the world's row. */
    long world();

    /** Where the world is afterwards. */
    Position reached();

    /** Writes it if the world is where it begins; returns whether it did. */
    boolean write(Database database) throws SQLException;

    /** Returns whether it is there; null if the database does not know any more. */
    @Nullable Boolean isThere(Connection connection) throws SQLException;

    /** The deltas of a commit. */
    record Append(long world, Position base, Batch batch) implements OnceWritten {
        @Override
        public Position reached() {
            return base.at(base.revision() + batch.size());
        }

        @Override
        public boolean write(Database database) throws SQLException {
            return database.once(connection -> DeltaTable.append(connection, world, base, batch));
        }

        @Override
        public @Nullable Boolean isThere(Connection connection) throws SQLException {
            UUID first = DeltaTable.batch(connection, world, base.revision() + 1);
            boolean sameEpoch = WorldTable.position(connection, world).epoch().equals(base.epoch());
            return (first == null || !sameEpoch) ? null : first.equals(batch.id());
        }
    }

    /** A new beginning. */
    record Restart(long world, Position base, WorldState begin) implements OnceWritten {
        @Override
        public Position reached() {
            return begin.position();
        }

        @Override
        public boolean write(Database database) throws SQLException {
            return database.transaction(connection -> {
                boolean moved = WorldTable.move(connection, world, base, begin.position());
                if (moved) {
                    WorldTable.replaceBase(connection, world, begin.position());
                    DocumentTable.write(connection, world, begin);
                    DeltaTable.deleteTo(connection, world, begin.revision());
                }
                return moved;
            });
        }

        @Override
        public @Nullable Boolean isThere(Connection connection) throws SQLException {
            String epoch = WorldTable.position(connection, world).epoch();
            if (epoch.equals(begin.position().epoch())) {
                return true;
            }
            return epoch.equals(base.epoch()) ? false : null;
        }
    }
}
