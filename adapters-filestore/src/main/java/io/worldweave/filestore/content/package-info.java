/**
 * Reads experiences from the folders in which their authors write them, and never writes to them.
 */
@NullMarked
package io.worldweave.filestore.content;

import org.jspecify.annotations.NullMarked;
