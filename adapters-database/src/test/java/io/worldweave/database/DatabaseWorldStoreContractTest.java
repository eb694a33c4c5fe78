package io.worldweave.database;

import com.zaxxer.hikari.HikariDataSource;
import io.worldweave.domain.store.SharedWorldStoreContract;
import io.worldweave.domain.store.WorldStore;
import org.junit.jupiter.api.AfterEach;

final class DatabaseWorldStoreContractTest implements SharedWorldStoreContract {
    private final HikariDataSource source =
            TestSource.pool(PostgresServer.shared().url(PostgresServer.shared().newDatabase()));

    @Override
    public WorldStore store() {
        return new DatabaseWorldStore(source, DatabaseLimits.STANDARD);
    }

    @Override
    public WorldStore reopen(WorldStore store) {
        store.close();
        return store();
    }

    @Override
    public WorldStore another(WorldStore store) {
        return store();
    }

    @AfterEach
    void close() {
        source.close();
    }
}
