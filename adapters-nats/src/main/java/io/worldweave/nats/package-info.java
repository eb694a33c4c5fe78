/** The bus over NATS: news between nodes, carried by servers that may be slow or away. */
@NullMarked
package io.worldweave.nats;

import org.jspecify.annotations.NullMarked;
