package io.worldweave.domain.turn;

import java.util.concurrent.Flow;

/**
 * Writes the narrative of a turn: a script, a language model.
 *
 * <p>Thread-safe. {@link #narrate} returns at once. Its publisher serves one subscriber: it signals
 * what comes as it comes and ends with {@code onComplete}, or with {@code onError}, a {@link
 * NarratorFailedException}, when it can say no more. Cancelling the subscription makes it stop
 * writing and let go of what it holds. A subscriber may block in {@code onComplete} and {@code
 * onError}, as long as a store takes.
 *
 * <p>A narrator changes nothing in the world. What it wants done it says as a {@link
 * Narration.Call}; whether that happens is decided as if the player had asked for it, and the
 * narrator is told by a further call of {@link #narrate}.
 */
public interface Narrator {
    /** Returns the name that clients are told as the turn's model. */
    String model(Tier tier);

    /** Returns what is to be said about {@code scene}, to be written once somebody subscribes. */
    Flow.Publisher<Narration> narrate(Scene scene);
}
