/** The copies for people under version control: a git repository that the service writes. */
@NullMarked
package io.worldweave.filestore.git;

import org.jspecify.annotations.NullMarked;
