/**
 * Worlds at work on this node: commits, the log of recent deltas, and what each viewer is shown of
 * them.
 */
@NullMarked
package io.worldweave.domain.live;

import org.jspecify.annotations.NullMarked;
