/** Chat turns and event streams over HTTP: what is asked for, and who writes the answer. */
@NullMarked
package io.worldweave.sse;

import org.jspecify.annotations.NullMarked;
