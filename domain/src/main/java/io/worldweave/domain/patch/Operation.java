package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import java.util.Locale;

/** One operation of a {@link JsonPatch}. Every token that leads into an array is an index. */
public sealed interface Operation {
    /** Where it operates. */
    Pointer path();

    /** The word for it in a patch. */
    default String name() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Puts a value at a member, before an element, or after the last one ({@code -}). */
    record Add(Pointer path, Json value) implements Operation {}

    /** Takes away what is there. */
    record Remove(Pointer path) implements Operation {}

    /** Puts a value in the place of what is there. */
    record Replace(Pointer path, Json value) implements Operation {}

    /** Takes away what is at one place and adds it at another, which is not inside of it. */
    record Move(Pointer from, Pointer path) implements Operation {}

    /** Adds what is at one place at another. */
    record Copy(Pointer from, Pointer path) implements Operation {}

    /** Asks that a value be there: {@code test}. */
    record Expect(Pointer path, Json value) implements Operation {
        @Override
        public String name() {
            return "test";
        }
    }
}
