package io.worldweave.filestore.world;

import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.WorldId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a world's files can be used, which they cannot from a failure of the disk until a new one
 * could be begun.
 *
 * <p>Thread-safe, but for two threads that change it: they hold the lock of its {@link
 * StoredWorld}.
 */
final class Availability {
    private final WorldId world;
    private final LongSupplier nanoTime;
    private volatile @Nullable Outage outage;

    Availability(WorldId world, LongSupplier nanoTime) {
        this.world = world;
        this.nanoTime = nanoTime;
    }

    boolean isGiven() {
        return outage == null;
    }

    /** Throws the reason if the files cannot be used. */
    void check() {
        Outage present = outage;
        if (present != null) {
            throw present.again();
        }
    }

    /** Returns whether the files could not be used when they were last tried, a pause ago. */
    boolean isToBeTried() {
        Outage present = outage;
        return present != null && present.isDueForCheck(nanoTime.getAsLong());
    }

    /** Notes that the files cannot be used, and returns what to throw. */
    StoreUnavailableException lost(String what, Exception cause) {
        StoreUnavailableException failure =
                new StoreUnavailableException(
                        "the journal of world " + world + " " + what + ": " + cause.getMessage(),
                        cause);
        outage = new Outage(failure, nanoTime.getAsLong());
        return failure;
    }

    void restored() {
        outage = null;
    }
}
