/** Worlds, views, streams and turns: pure, without I/O, threads or a clock of its own. */
@NullMarked
package io.worldweave.domain;

import org.jspecify.annotations.NullMarked;
