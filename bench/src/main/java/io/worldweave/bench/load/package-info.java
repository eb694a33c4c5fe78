/**
 * Load runs against a service that is serving: what a player waits for, and what an open stream
 * costs.
 */
@NullMarked
package io.worldweave.bench.load;

import org.jspecify.annotations.NullMarked;
