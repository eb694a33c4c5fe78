package io.worldweave.filestore.world;

import io.worldweave.domain.store.StoreUnavailableException;
import java.time.Duration;

/**
 * Why a world cannot be used, and since when nobody has looked whether it can.
 *
 * @param checkedNanos when its files were last found not to work
 */
record Outage(StoreUnavailableException failure, long checkedNanos) {
    /** So long the disk is left alone before the world is tried again. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    boolean isDueForCheck(long nowNanos) {
        return nowNanos - checkedNanos >= PAUSE.toNanos();
    }

    /** Returns the failure as one of the present call. */
    StoreUnavailableException again() {
        return new StoreUnavailableException(
                String.valueOf(failure.getMessage()), failure.getCause());
    }
}
