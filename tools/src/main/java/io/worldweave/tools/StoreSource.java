package io.worldweave.tools;

import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.WorldId;
import java.io.IOException;
import java.util.function.Predicate;

/** The worlds of a store, which is closed with this. */
record StoreSource(WorldStore store) implements Source {
    @Override
    public void give(Predicate<WorldId> wanted, Taker taker) throws IOException {
        for (WorldId world : store.worlds()) {
            if (wanted.test(world)) {
                try {
                    taker.take(world, history(world));
                } catch (DamagedWorldException damage) {
                    taker.failed(world, String.valueOf(damage.getMessage()));
                }
            }
        }
    }

    private History history(WorldId world) {
        try {
            return store.open(
                    world,
                    () -> {
                        throw new IllegalStateException("world " + world + " is gone");
                    });
        } finally {
            store.release(world);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
