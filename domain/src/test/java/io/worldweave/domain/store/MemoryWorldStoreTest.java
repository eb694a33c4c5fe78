package io.worldweave.domain.store;

final class MemoryWorldStoreTest implements SharedWorldStoreContract {
    @Override
    public WorldStore store() {
        return new MemoryWorldStore();
    }

    @Override
    public WorldStore reopen(WorldStore store) {
        return ((MemoryWorldStore) store).reopened();
    }

    @Override
    public WorldStore another(WorldStore store) {
        return ((MemoryWorldStore) store).another();
    }
}
