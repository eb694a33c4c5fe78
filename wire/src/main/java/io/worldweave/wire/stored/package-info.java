/** Worlds and deltas as JSON, as stores keep them and as they go from one store to another. */
@NullMarked
package io.worldweave.wire.stored;

import org.jspecify.annotations.NullMarked;
