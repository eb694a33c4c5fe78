package io.worldweave.domain.store;

final class MemoryWorldStoreTest implements DurableWorldStoreContract {
    @Override
    public WorldStore store() {
        return new MemoryWorldStore();
    }

    @Override
    public WorldStore reopen(WorldStore store) {
        return ((MemoryWorldStore) store).reopened();
    }
}
