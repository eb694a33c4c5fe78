package io.worldweave.app.start;

import io.worldweave.app.config.InvalidSettingException;
import io.worldweave.database.PostgresSource;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The server's pool of connections to the database of worlds, as {@code server.xml} has it. */
final class WorldsDataSource {
    private static final String NAME = "jdbc/worldweave";

    private WorldsDataSource() {}

    /**
     * Returns the pool; to be called on a thread of the container.
     *
     * @param url what the pool is configured with; a wrong one is not repeated in the message,
     *     since it may hold a password
     * @throws InvalidSettingException if that is no URL of a database
     */
    @SuppressWarnings("BanJNDI") // the name is no input
    static DataSource of(Optional<String> url) {
        if (!url.orElse("").startsWith(PostgresSource.URL_PREFIX)) {
            throw new InvalidSettingException(
                    "worldweave.store is \"database\", and worldweave.database.url "
                            + (url.isEmpty() ? "is not set" : "is no URL of PostgreSQL")
                            + ": set WORLDWEAVE_DATABASE_URL to such as"
                            + " jdbc:postgresql://host:5432/worldweave, and"
                            + " WORLDWEAVE_DATABASE_USER and WORLDWEAVE_DATABASE_PASSWORD.");
        }
        try {
            return InitialContext.doLookup(NAME);
        } catch (NamingException missing) {
            throw new InvalidSettingException(
                    "worldweave.store is \"database\", and server.xml has no data source "
                            + NAME
                            + " that can be used: "
                            + missing.getMessage());
        }
    }
}
