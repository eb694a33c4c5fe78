package io.worldweave.domain.world;

/** The outcome of applying changes: all of them, or none. */
public sealed interface Edit<T> {
    record Applied<T>(T result) implements Edit<T> {}

    record Refused<T>(Rejection rejection) implements Edit<T> {}
}
