/** Code that breaks the rules of the domain, one each: {@code ArchitectureTest} must find it. */
@NullMarked
package io.worldweave.domain.broken;

import org.jspecify.annotations.NullMarked;
