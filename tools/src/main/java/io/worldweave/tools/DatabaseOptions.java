package io.worldweave.tools;

import io.worldweave.database.DatabaseLimits;
import io.worldweave.database.DatabaseWorldStore;
import io.worldweave.database.PostgresSource;
import io.worldweave.domain.store.WorldStore;
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

    /** Opens a database; one that does not answer is unavailable from the first question on. */
    WorldStore open(String url) {
        if (!url.startsWith(PostgresSource.URL_PREFIX)) {
            throw new RefusedException(
                    ExitStatus.USAGE,
                    "a database is named " + PostgresSource.URL_PREFIX + "//HOST/NAME");
        }
        return new DatabaseWorldStore(
                PostgresSource.of(url, user, password), DatabaseLimits.STANDARD);
    }
}
