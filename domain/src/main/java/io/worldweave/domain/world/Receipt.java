package io.worldweave.domain.world;

import io.worldweave.domain.json.JsonObject;

/**
 * What a request with a key was answered. It is committed with what the request did, so that a
 * repetition finds either both or neither.
 *
 * @param fingerprint of the request, at most {@value #FINGERPRINT_LIMIT} characters: another
 *     request under the same key has another
 */
public record Receipt(IdempotencyKey key, String fingerprint, JsonObject answer) {
    public static final int FINGERPRINT_LIMIT = 128;

    public Receipt {
        if (fingerprint.isEmpty() || fingerprint.length() > FINGERPRINT_LIMIT) {
            throw new IllegalArgumentException(
                    "a fingerprint has 1 to " + FINGERPRINT_LIMIT + " characters");
        }
    }
}
