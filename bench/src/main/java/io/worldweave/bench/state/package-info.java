/** What the state of a world costs, by its size and by how it is represented. */
@NullMarked
package io.worldweave.bench.state;

import org.jspecify.annotations.NullMarked;
