package io.worldweave.domain.play;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.Once;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Receipt;
import java.util.function.Function;

/**
 * What makes a request known again.
 *
 * @param fingerprint of the request, so that another one under the same key is noticed
 * @param answer what the request is answered if this comes of it; a repetition is answered the same
 */
public record Keyed<R>(IdempotencyKey key, String fingerprint, Function<R, JsonObject> answer) {

    Receipt receipt(R result) {
        return new Receipt(key, fingerprint, answer.apply(result));
    }

    /** Says what became of it, of a first time as {@code first} does. */
    <V> Answered<R> answered(Once<V> once, Function<Commitment<V>, R> first) {
        return switch (once) {
            case Once.First<V>(Commitment<V> commitment) ->
                    new Answered.First<>(first.apply(commitment));
            case Once.Repeated<V>(Receipt receipt, var _)
                    when receipt.fingerprint().equals(fingerprint) ->
                    new Answered.Repeated<>(receipt.answer());
            case Once.Repeated<V> _ -> new Answered.OtherRequest<>();
            case Once.InProgress<V> _ -> new Answered.InProgress<>();
        };
    }
}
