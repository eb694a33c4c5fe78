package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import org.jspecify.annotations.Nullable;

/** An object or an array that can be changed in place. Not thread-safe. */
sealed interface Opened extends Piece permits OpenObject, OpenArray {
    /** Returns the piece as one that can be changed, or null if it holds nothing. */
    static @Nullable Opened of(Piece piece) {
        return switch (piece) {
            case Opened opened -> opened;
            case Piece.Whole(JsonObject object) -> new OpenObject(object);
            case Piece.Whole(JsonArray array) -> new OpenArray(array, array.elements());
            case Piece.Whole(JsonCollection collection) ->
                    new OpenArray(collection, collection.items());
            case Piece.Whole(Json _) -> null;
        };
    }

    /** Returns what the token names, or null if nothing. */
    @Nullable Piece get(String token);

    /** Puts a piece in the place of what the token names. */
    void set(String token, Piece piece);

    /**
     * Adds a piece as RFC 6902 says, or refuses to.
     *
     * @param path what to name in the refusal
     */
    void add(String token, Piece piece, Pointer path);

    /** Takes out what the token names, which is there. */
    Piece remove(String token);
}
