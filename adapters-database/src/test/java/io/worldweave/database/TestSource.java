package io.worldweave.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A pool of connections, as a service has one. */
final class TestSource {
    private TestSource() {}

    static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(PostgresSource.of(url, PostgresServer.USER, PostgresServer.PASSWORD));
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
