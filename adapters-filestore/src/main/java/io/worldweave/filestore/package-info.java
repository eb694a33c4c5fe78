/** Files as the outside: what authors write is read, what lives is kept. */
@NullMarked
package io.worldweave.filestore;

import org.jspecify.annotations.NullMarked;
