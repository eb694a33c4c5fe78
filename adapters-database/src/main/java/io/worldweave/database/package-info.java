/** The store in PostgreSQL: worlds, documents and deltas as rows. */
@NullMarked
package io.worldweave.database;

import org.jspecify.annotations.NullMarked;
