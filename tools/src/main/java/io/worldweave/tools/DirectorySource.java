package io.worldweave.tools;

import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.world.DataDirectory;
import java.io.IOException;
import java.util.function.Predicate;

/** The worlds of a data directory, whoever has it; nothing of it is changed. */
record DirectorySource(DataDirectory directory) implements Source {
    @Override
    public void give(Predicate<WorldId> wanted, Taker taker) throws IOException {
        for (WorldId world : directory.worlds()) {
            if (wanted.test(world)) {
                try {
                    taker.take(world, directory.history(world));
                } catch (DamagedWorldException damage) {
                    taker.failed(world, String.valueOf(damage.getMessage()));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
