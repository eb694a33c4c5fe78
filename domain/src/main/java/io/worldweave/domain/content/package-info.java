/** What authors write: experiences, their templates, commands and quests. */
@NullMarked
package io.worldweave.domain.content;

import org.jspecify.annotations.NullMarked;
