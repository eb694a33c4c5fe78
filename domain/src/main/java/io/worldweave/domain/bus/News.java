package io.worldweave.domain.bus;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;

/** That a delta was committed to a world, in the history that {@code epoch} names. */
public record News(WorldId world, String epoch, Delta delta) {}
