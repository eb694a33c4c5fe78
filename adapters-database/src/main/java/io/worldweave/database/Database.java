package io.worldweave.database;

import io.worldweave.domain.store.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database whose tables are there before anything is asked of it, and what is known of its
 * health.
 *
 * <p>While it cannot be reached or its tables cannot be made, calls fail at once; it is tried again
 * by the next call, {@link #PAUSE} or more after the last one that tried.
 *
 * <p>Thread-safe. Methods block for the database, as long as its data source lets them.
 */
final class Database {
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final int VALID_SECONDS = 2;

    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    private final DataSource source;
    private final LongSupplier nanoTime;
    private boolean prepared;
    private @Nullable StoreUnavailableException unprepared;
    private long triedNanos;
    private volatile boolean answering;

    Database(DataSource source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** Returns whether the database answered when it was last asked. Does not block. */
    boolean isAnswering() {
        return answering;
    }

    /** Asks the database whether it answers. */
    boolean ask() {
        try (Connection connection = connect()) {
            if (connection.isValid(VALID_SECONDS)) {
                found();
            } else {
                lost(null);
            }
        } catch (SQLException | StoreUnavailableException failure) {
            lost(failure);
        }
        return answering;
    }

    /** Does work in which each statement is a transaction. If the connection breaks, once more. */
    <R extends @Nullable Object> R read(String what, Sql.Work<R> work) {
        try {
            return once(work);
        } catch (SQLException failure) {
            if (SqlFailure.of(failure) != SqlFailure.UNKNOWN) {
                throw unavailable(what, failure);
            }
        }
        try {
            return once(work);
        } catch (SQLException failure) {
            throw unavailable(what, failure);
        }
    }

    /** Does as {@link #read} in one transaction that sees the database as it was at one time. */
    <R extends @Nullable Object> R snapshot(String what, Sql.Work<R> work) {
        return read(
                what,
                connection ->
                        inTransaction(
                                connection,
                                within -> {
                                    try (var statement = within.createStatement()) {
                                        statement.execute(
                                                "set transaction isolation level repeatable read,"
                                                        + " read only");
                                    }
                                    return work.on(within);
                                }));
    }

    /** Does work in one transaction; whoever calls knows what to do if its end is not known. */
    <R extends @Nullable Object> R transaction(Sql.Work<R> work) throws SQLException {
        return once(connection -> inTransaction(connection, work));
    }

    /**
     * Does work in which each statement is a transaction, and which ends if the connection does.
     */
    <R extends @Nullable Object> R once(Sql.Work<R> work) throws SQLException {
        try (Connection connection = connect()) {
            R result = work.on(connection);
            found();
            return result;
        } catch (SQLException failure) {
            if (SqlFailure.of(failure) == SqlFailure.UNKNOWN) {
                lost(failure);
            }
            throw failure;
        }
    }

    /** Runs work between a begin and a commit, or a rollback if it fails. */
    static <R extends @Nullable Object> R inTransaction(Connection connection, Sql.Work<R> work)
            throws SQLException {
        connection.setAutoCommit(false);
        boolean done = false;
        try {
            R result = work.on(connection);
            done = true;
            connection.commit();
            return result;
        } finally {
            if (!done) {
                rollback(connection);
            }
            connection.setAutoCommit(true);
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException alsoBroken) {
            LOG.log(Level.DEBUG, "a transaction that failed was not rolled back", alsoBroken);
        }
    }

    private Connection connect() {
        prepare();
        try {
            return source.getConnection();
        } catch (SQLException failure) {
            lost(failure);
            throw unavailable("no connection", failure);
        }
    }

    /** Makes the tables if that was not done yet. */
    synchronized void prepare() {
        if (prepared) {
            return;
        }
        StoreUnavailableException before = unprepared;
        if (before != null && nanoTime.getAsLong() - triedNanos < PAUSE.toNanos()) {
            throw new StoreUnavailableException(String.valueOf(before.getMessage()), before);
        }
        try {
            Schema.prepare(source);
            prepared = true;
            found();
        } catch (SQLException | RuntimeException failure) {
            unprepared = unavailable("the tables are not there yet", failure);
            throw unprepared;
        } finally {
            triedNanos = nanoTime.getAsLong();
        }
    }

    static StoreUnavailableException unavailable(String what, Throwable failure) {
        return new StoreUnavailableException(
                "the database failed (%s): %s"
                        .formatted(
                                what, String.valueOf(failure.getMessage()).replaceAll("\\.$", "")),
                failure);
    }

    private void found() {
        if (!answering) {
            answering = true;
            LOG.log(Level.INFO, "The database answers.");
        }
    }

    private void lost(@Nullable Throwable failure) {
        if (answering) {
            answering = false;
            LOG.log(Level.WARNING, "The database does not answer any more", failure);
        }
    }
}
