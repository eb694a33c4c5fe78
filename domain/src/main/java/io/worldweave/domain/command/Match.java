package io.worldweave.domain.command;

import java.util.List;

/** What words turned out to name. */
sealed interface Match<T> {
    record None<T>() implements Match<T> {}

    record One<T>(T thing) implements Match<T> {}

    /** Several that are called differently and fit equally well. */
    record Many<T>(List<T> things) implements Match<T> {
        public Many {
            things = List.copyOf(things);
        }
    }
}
