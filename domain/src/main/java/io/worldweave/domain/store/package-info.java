/** The store: where worlds live, and what every store promises. */
@NullMarked
package io.worldweave.domain.store;

import org.jspecify.annotations.NullMarked;
