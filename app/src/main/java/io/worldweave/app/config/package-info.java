/** Configuration: every setting, read and checked in one place. */
@NullMarked
package io.worldweave.app.config;

import org.jspecify.annotations.NullMarked;
