package io.worldweave.filestore.world;

import io.worldweave.domain.store.DurableWorldStoreContract;
import io.worldweave.domain.store.WorldStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class FileWorldStoreContractTest implements DurableWorldStoreContract {
    @TempDir Path data;

    @Override
    public WorldStore store() {
        return new FileWorldStore(data);
    }

    @Override
    public WorldStore reopen(WorldStore store) {
        store.close();
        return new FileWorldStore(data);
    }
}
