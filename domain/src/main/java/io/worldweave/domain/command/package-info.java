/** What players do: requests are matched to commands by rule and decided as changes. */
@NullMarked
package io.worldweave.domain.command;

import org.jspecify.annotations.NullMarked;
