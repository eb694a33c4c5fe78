package io.worldweave.domain.weave;

import io.worldweave.domain.world.Position;

/** Makes the cursor of a stream whose world lane stands at a position. */
@FunctionalInterface
interface Cursors {
    Cursor at(Position given);
}
