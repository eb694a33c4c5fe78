/** The start and the stop: what the service is made of, and in which order it comes and goes. */
@NullMarked
package io.worldweave.app.start;

import org.jspecify.annotations.NullMarked;
