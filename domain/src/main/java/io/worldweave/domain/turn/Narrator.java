package io.worldweave.domain.turn;

import java.util.concurrent.Flow;

/**
 * Writes the narrative of a turn: a script, a language model.
 *
 * <p>Thread-safe. {@link #narrate} returns at once. Its publisher serves one subscriber: it signals
 * chunks of text as they are written and ends with {@code onComplete}, or with {@code onError} when
 * it can say no more. Cancelling the subscription makes it stop writing and let go of what it
 * holds.
 */
public interface Narrator {
    /** The name that clients are told as the turn's model. */
    String model();

    /** Returns the text about {@code scene}, to be written once somebody subscribes. */
    Flow.Publisher<String> narrate(Scene scene);
}
