/** Real time for the domain. */
@NullMarked
package io.worldweave.app.time;

import org.jspecify.annotations.NullMarked;
