/** Zones of a world and where they are on Earth: which one is near, which one a player is in. */
@NullMarked
package io.worldweave.domain.zone;

import org.jspecify.annotations.NullMarked;
