/**
 * The state of worlds and what changes it: parts, changes, deltas, revisions, rejections, net
 * effects.
 */
@NullMarked
package io.worldweave.domain.world;

import org.jspecify.annotations.NullMarked;
