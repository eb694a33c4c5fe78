package io.worldweave.database;

import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.Rejection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is written once, and finds out what became of it when the connection broke before the
 * database said so.
 *
 * <p>What is written names what it is: a commit by its batch's id, a new beginning by its epoch. It
 * is tried again as it was. If it was not made before, it is made now, and what may still be under
 * way on the lost connection finds that the world has moved. If the world has moved already, the
 * row says by whom. So it is made once at most, and in the end it is known whether it was.
 *
 * <p>Thread-safe. Blocks while the database does not answer, for as long as it is given.
 */
final class Unfinished {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Database database;
    private final Duration limit;

    Unfinished(Database database, Duration limit) {
        this.database = database;
        this.limit = limit;
    }

    /** Writes something that begins where a world is. */
    Outcome write(OnceWritten written) {
        return settle(written, null);
    }

    /** Says what became of something that was being written when {@code failure} came. */
    Outcome after(SQLException failure, OnceWritten written) {
        return settle(written, failure);
    }

    private Outcome settle(OnceWritten written, @Nullable SQLException before) {
        long began = System.nanoTime();
        SQLException failure = before;
        boolean lost = false;
        while (true) {
            if (failure != null) {
                Outcome refused = refusal(failure);
                if (refused != null) {
                    return refused;
                }
                lost |= SqlFailure.of(failure) == SqlFailure.UNKNOWN;
                if (!lost || System.nanoTime() - began > limit.toNanos()) {
                    throw Database.unavailable("committing", failure);
                }
                if (!pause()) {
                    throw Database.unavailable("interrupted while committing", failure);
                }
            }
            try {
                if (written.write(database)) {
                    return new Outcome.Committed(written.reached());
                }
                return lost ? found(written) : moved(written);
            } catch (SQLException broken) {
                failure = broken;
            } catch (StoreUnavailableException away) {
                if (!lost) {
                    throw away;
                }
                failure = new SQLException(away.getMessage(), "08001", away);
            }
        }
    }

    private static @Nullable Outcome refusal(SQLException failure) {
        return SqlFailure.of(failure) == SqlFailure.REFUSED
                ? new Outcome.Rejected(
                        new Rejection.TooLarge(
                                Pointer.ROOT,
                                "the database cannot store it: " + failure.getMessage()))
                : null;
    }

    private Outcome found(OnceWritten written) throws SQLException {
        Boolean there = database.<@Nullable Boolean>once(connection -> written.isThere(connection));
        if (there == null) {
            throw new StoreUnavailableException(
                    "what became of a commit cannot be known any more", null);
        }
        return there ? new Outcome.Committed(written.reached()) : moved(written);
    }

    private Outcome moved(OnceWritten written) throws SQLException {
        return new Outcome.Conflict(
                database.once(connection -> WorldTable.position(connection, written.world())));
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
