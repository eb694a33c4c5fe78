package io.worldweave.filestore.world;

import java.util.function.LongSupplier;

/**
 * The time as a store is told it.
 *
 * @param nanoTime never goes back; only differences mean anything
 * @param unixMillis the wall clock, which may jump
 */
record Clocks(LongSupplier nanoTime, LongSupplier unixMillis) {
    static final Clocks SYSTEM = new Clocks(System::nanoTime, System::currentTimeMillis);
}
