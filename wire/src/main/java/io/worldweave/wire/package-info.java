/**
 * The protocol as JSON, both versions, and the strict reader: what the adapters share. Only what
 * turns domain values into bytes or bytes into domain values belongs here.
 */
@NullMarked
package io.worldweave.wire;

import org.jspecify.annotations.NullMarked;
