/** The bus: how the nodes of one service hear of each other's commits and players. */
@NullMarked
package io.worldweave.domain.bus;

import org.jspecify.annotations.NullMarked;
