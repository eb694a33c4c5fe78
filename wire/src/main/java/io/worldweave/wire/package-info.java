/**
 * The protocol as JSON, both versions, and the strict reader: what the adapters share. Only what
 * turns domain values into bytes or bytes into domain values belongs here, and the bell that wakes
 * whoever writes them.
 */
@NullMarked
package io.worldweave.wire;

import org.jspecify.annotations.NullMarked;
