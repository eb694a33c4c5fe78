/** What the service does, as numbers under {@code /metrics}. */
@NullMarked
package io.worldweave.app.meter;

import org.jspecify.annotations.NullMarked;
