/** The command {@code worldweave-store}: what operators do to what stores keep. */
@NullMarked
package io.worldweave.tools;

import org.jspecify.annotations.NullMarked;
