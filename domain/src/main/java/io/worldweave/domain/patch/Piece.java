package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.PlainJson;

/** A part of a {@link Draft}: as it was, or opened to be changed. */
sealed interface Piece permits Piece.Whole, Opened {
    /** Returns it as it is now; the very value that it was, if nothing was changed. */
    Json value();

    /** Returns whether a client would see the same. Stops at the first difference. */
    boolean isSameAs(Json value);

    /** One that nobody has looked into. */
    record Whole(Json value) implements Piece {
        @Override
        public boolean isSameAs(Json other) {
            return PlainJson.same(value, other);
        }
    }
}
