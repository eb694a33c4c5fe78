package io.worldweave.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Kinds of work on a connection. */
final class Sql {
    private Sql() {}

    /** Work that has a result. */
    @FunctionalInterface
    interface Work<R extends @Nullable Object> {
        R on(Connection connection) throws SQLException;
    }

    /** Sets the parameters of a statement, in order. */
    static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
