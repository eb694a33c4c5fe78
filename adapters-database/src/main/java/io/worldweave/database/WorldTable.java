package io.worldweave.database;

import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of worlds and of the states that their deltas lead on from. */
final class WorldTable {
    private WorldTable() {}

    /**
     * A world's row.
     *
     * @param base the revision of its documents
     */
    record Found(long id, Position position, long base) {}

    static @Nullable Found find(Connection connection, WorldId world) throws SQLException {
        WorldName name = WorldName.of(world);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select w.id, w.epoch, w.revision, b.revision from worldweave_world w"
                                + " join worldweave_base b on b.world = w.id"
                                + " where w.kind = ? and w.experience = ? and w.owner = ?")) {
            Sql.bind(statement, name.kind(), name.experience(), name.owner());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Found(
                                row.getLong(1),
                                new Position(row.getString(2), row.getLong(3)),
                                row.getLong(4))
                        : null;
            }
        }
    }

    static Position position(Connection connection, long id) throws SQLException {
        return position(connection, id, "");
    }

    /** Waits until it is this transaction's turn to write to the world. */
    static Position lock(Connection connection, long id) throws SQLException {
        return position(connection, id, " for no key update");
    }

    private static Position position(Connection connection, long id, String lock)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select epoch, revision from worldweave_world where id = ?" + lock)) {
            Sql.bind(statement, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the world's row is gone", "02000");
                }
                return new Position(row.getString(1), row.getLong(2));
            }
        }
    }

    /** Returns the oldest revision that can be returned to. */
    static long base(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "select revision from worldweave_base where world = ?")) {
            Sql.bind(statement, id);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Inserts a world, and returns its id, or null if there is one. */
    static @Nullable Long insert(Connection connection, WorldId world, Position position, long base)
            throws SQLException {
        WorldName name = WorldName.of(world);
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into worldweave_world (kind, experience, owner, epoch, revision)"
                                + " values (?, ?, ?, ?, ?)"
                                + " on conflict do nothing returning id")) {
            Sql.bind(
                    statement,
                    name.kind(),
                    name.experience(),
                    name.owner(),
                    position.epoch(),
                    position.revision());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                long id = row.getLong(1);
                insertBase(connection, id, position.at(base));
                return id;
            }
        }
    }

    private static void insertBase(Connection connection, long id, Position base)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into worldweave_base (world, epoch, revision) values (?, ?, ?)")) {
            Sql.bind(statement, id, base.epoch(), base.revision());
            statement.executeUpdate();
        }
    }

    /** Moves a world to another epoch, if it is at {@code from}. */
    static boolean move(Connection connection, long id, Position from, Position to)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "update worldweave_world set epoch = ?, revision = ?"
                                + " where id = ? and epoch = ? and revision = ?")) {
            Sql.bind(statement, to.epoch(), to.revision(), id, from.epoch(), from.revision());
            return statement.executeUpdate() == 1;
        }
    }

    /** Begins the history at {@code base}, whatever it begins with now. */
    static void replaceBase(Connection connection, long id, Position base) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "update worldweave_base set epoch = ?, revision = ? where world = ?")) {
            Sql.bind(statement, base.epoch(), base.revision(), id);
            statement.executeUpdate();
        }
    }

    /** Begins the history at {@code base} if it begins earlier in the same epoch. */
    static boolean raiseBase(Connection connection, long id, Position base) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "update worldweave_base set revision = ?"
                                + " where world = ? and epoch = ? and revision < ?")) {
            Sql.bind(statement, base.revision(), id, base.epoch(), base.revision());
            return statement.executeUpdate() == 1;
        }
    }

    static List<WorldId> all(Connection connection) throws SQLException {
        List<WorldId> worlds = new ArrayList<>();
        try (PreparedStatement statement =
                        connection.prepareStatement(
                                "select kind, experience, owner from worldweave_world");
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                worlds.add(
                        new WorldName(row.getString(1), row.getString(2), row.getString(3))
                                .world());
            }
        }
        worlds.sort(Comparator.comparing(WorldId::toString));
        return worlds;
    }
}
