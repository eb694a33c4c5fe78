/** The weave: one stream's lanes merged into frames, pulled by whoever writes them. */
@NullMarked
package io.worldweave.domain.weave;

import org.jspecify.annotations.NullMarked;
