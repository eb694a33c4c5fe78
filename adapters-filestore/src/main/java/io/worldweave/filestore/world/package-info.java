/** Keeps worlds as journals, with readable snapshots beside them. */
@NullMarked
package io.worldweave.filestore.world;

import org.jspecify.annotations.NullMarked;
