/** What authors change in worlds that are being played: three-way merges of what they wrote. */
@NullMarked
package io.worldweave.domain.author;

import org.jspecify.annotations.NullMarked;
