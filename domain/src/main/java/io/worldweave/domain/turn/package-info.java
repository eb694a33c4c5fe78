/** Turns: a player's message and all that answers it, and the narrator who writes the words. */
@NullMarked
package io.worldweave.domain.turn;

import org.jspecify.annotations.NullMarked;
