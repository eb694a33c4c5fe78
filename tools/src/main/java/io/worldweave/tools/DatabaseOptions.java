package io.worldweave.tools;

import io.worldweave.database.DatabaseLimits;
import io.worldweave.database.DatabaseWorldStore;
import io.worldweave.database.PostgresSource;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import java.sql.SQLException;
import javax.sql.DataSource;
import picocli.CommandLine.Option;

/** How a database is reached. */
final class DatabaseOptions {
    @Option(
            names = "--database-user",
            paramLabel = "USER",
            defaultValue = "${env:WORLDWEAVE_DATABASE_USER:-}",
            description = "who logs in to the database (WORLDWEAVE_DATABASE_USER)")
    String user;

    @Option(
            names = "--database-password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:WORLDWEAVE_DATABASE_PASSWORD:-}",
            arity = "0..1",
            interactive = true,
            description =
                    "the password, asked for if none follows (WORLDWEAVE_DATABASE_PASSWORD, which"
                            + " no list of processes shows)")
    String password;

    /** Opens a database that answers. */
    WorldStore open(String url) {
        if (!url.startsWith(PostgresSource.URL_PREFIX)) {
            throw new RefusedException(
                    ExitStatus.USAGE,
                    "a database is named " + PostgresSource.URL_PREFIX + "//HOST/NAME");
        }
        WorldStore store = new DatabaseWorldStore(source(url), DatabaseLimits.STANDARD);
        try {
            store.worlds();
            return store;
        } catch (StoreUnavailableException unavailable) {
            store.close();
            throw new RefusedException(
                    ExitStatus.UNAVAILABLE,
                    reason(unavailable)
                            + "; see that the address of the database is right, and --database-user"
                            + " and --database-password (WORLDWEAVE_DATABASE_USER, _PASSWORD) too");
        }
    }

    private DataSource source(String url) {
        try {
            return PostgresSource.of(url, user, password);
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(
                    ExitStatus.USAGE,
                    "a database is named " + PostgresSource.URL_PREFIX + "//HOST/NAME");
        }
    }

    /** Returns what the database said, or the driver of it, in one line. */
    private static String reason(Throwable unavailable) {
        String said = String.valueOf(unavailable.getMessage());
        for (Throwable cause = unavailable; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                said = String.valueOf(cause.getMessage());
                break;
            }
        }
        return said.lines().findFirst().orElse("").replaceAll("\\.$", "");
    }
}
