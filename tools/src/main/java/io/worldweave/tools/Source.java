package io.worldweave.tools;

import io.worldweave.domain.store.History;
import io.worldweave.domain.world.WorldId;
import java.io.IOException;
import java.util.function.Predicate;

/** Where worlds come from. */
interface Source extends AutoCloseable {
    /** Is given worlds one after the other. */
    interface Taker {
        void take(WorldId world, History history) throws IOException;

        /** Is told of a world that cannot be read. */
        void failed(WorldId world, String reason);
    }

    /** Gives the worlds that are wanted. May be called again, and gives the same. */
    void give(Predicate<WorldId> wanted, Taker taker) throws IOException;

    @Override
    void close() throws IOException;
}
