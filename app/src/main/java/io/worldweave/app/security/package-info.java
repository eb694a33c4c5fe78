/** Who somebody is: credentials, what proves them, and the filter that asks for them. */
@NullMarked
package io.worldweave.app.security;

import org.jspecify.annotations.NullMarked;
