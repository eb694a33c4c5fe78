/** Wiring, configuration, security, health and metrics: the deployable. */
@NullMarked
package io.worldweave.app;

import org.jspecify.annotations.NullMarked;
