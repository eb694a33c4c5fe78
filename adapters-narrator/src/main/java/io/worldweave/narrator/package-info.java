/** Language models as narrators, over LangChain4j. */
@NullMarked
package io.worldweave.narrator;

import org.jspecify.annotations.NullMarked;
