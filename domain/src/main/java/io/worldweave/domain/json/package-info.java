/**
 * Immutable JSON values, of which the state of a world is made, and the pointers that address their
 * parts.
 */
@NullMarked
package io.worldweave.domain.json;

import org.jspecify.annotations.NullMarked;
