/** Who is in which zone of a world now, on whatever node; held in memory and never committed. */
@NullMarked
package io.worldweave.domain.presence;

import org.jspecify.annotations.NullMarked;
