package io.worldweave.database;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A source of connections to PostgreSQL that give up by themselves; each is a new one. */
public final class PostgresSource {
    /** How every JDBC URL of PostgreSQL begins. */
    public static final String URL_PREFIX = "jdbc:postgresql:";

    private static final int CONNECT_SECONDS = 5;
    private static final int SOCKET_SECONDS = 20;

    /**
     * So long, in milliseconds, a statement waits for a row and works, and a transaction may be
     * idle before the database ends it: whoever has stopped does not keep the others waiting.
     */
    private static final String OPTIONS =
            "-c lock_timeout=5000 -c statement_timeout=15000"
                    + " -c idle_in_transaction_session_timeout=10000";

    private PostgresSource() {}

    /**
     * Returns a source for whoever needs few connections; a service gives a pool.
     *
     * @param url a JDBC URL of PostgreSQL; what it says of time-outs and options holds
     * @throws IllegalArgumentException if it is none
     */
    public static DataSource of(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        source.setOptions(OPTIONS);
        source.setApplicationName("worldweave");
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
