package io.worldweave.domain.play;

import io.worldweave.domain.json.JsonObject;

/** What became of a request with an idempotency key. */
public sealed interface Answered<R> {
    /** It was done now, as far as the world's history remembers. */
    record First<R>(R result) implements Answered<R> {}

    /**
     * It was done before, and nothing now.
     *
     * @param answer what {@link Keyed#answer} made of the result then
     */
    record Repeated<R>(JsonObject answer) implements Answered<R> {}

    /** Another request was done under this key, and nothing now. */
    record OtherRequest<R>() implements Answered<R> {}

    /** A request with this key is being worked on; nothing was done for this one. */
    record InProgress<R>() implements Answered<R> {}
}
