/** JSON Patch (RFC 6902) and JSON Merge Patch (RFC 7396), exactly as they are written. */
@NullMarked
package io.worldweave.domain.patch;

import org.jspecify.annotations.NullMarked;
