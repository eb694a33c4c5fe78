package io.worldweave.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a failure of the database says about the statement that failed. */
enum SqlFailure {
    /** The database refused what was to be stored; nothing was changed. */
    REFUSED,
    /** The database gave up; nothing was changed, and trying again may help. */
    NOT_MADE,
    /** The connection broke: whether the statement was carried out is not known. */
    UNKNOWN;

    /** Classes of SQL states by which PostgreSQL says that a value cannot be stored. */
    private static final Set<String> OF_DATA = Set.of("22", "54");

    /**
     * Classes of SQL states by which PostgreSQL says that it is going, or the driver that it is
     * gone.
     */
    private static final Set<String> OF_CONNECTIONS = Set.of("08", "57P");

    static SqlFailure of(SQLException failure) {
        String state = state(failure);
        if (state == null || OF_CONNECTIONS.stream().anyMatch(state::startsWith)) {
            return UNKNOWN;
        }
        return OF_DATA.stream().anyMatch(state::startsWith) ? REFUSED : NOT_MADE;
    }

    private static @Nullable String state(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException exception && exception.getSQLState() != null) {
                return exception.getSQLState();
            }
        }
        return null;
    }
}
