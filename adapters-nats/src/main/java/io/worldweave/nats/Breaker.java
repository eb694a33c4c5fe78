package io.worldweave.nats;

/** Keeps from trying what has failed too often of late. Thread-safe. */
@FunctionalInterface
public interface Breaker {
    /** Tries always. */
    Breaker NONE = Runnable::run;

    /** Runs {@code sending} and throws what it throws, or throws without having run it. */
    void attempt(Runnable sending);
}
