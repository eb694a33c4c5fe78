/** Players in worlds: how they enter, what they do there, what they keep across worlds. */
@NullMarked
package io.worldweave.domain.play;

import org.jspecify.annotations.NullMarked;
