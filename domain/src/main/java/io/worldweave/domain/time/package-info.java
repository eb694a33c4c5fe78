/** Time as the domain is given it. */
@NullMarked
package io.worldweave.domain.time;

import org.jspecify.annotations.NullMarked;
