package io.worldweave.domain.world;

import io.worldweave.domain.user.UserId;

/**
 * What one user calls one request, so that its repetition is known for what it is. Keys of
 * different users, and of different worlds, have nothing to do with each other.
 *
 * @param text 1 to {@value #LENGTH_LIMIT} printable ASCII characters
 */
public record IdempotencyKey(UserId user, String text) {
    public static final int LENGTH_LIMIT = 255;

    public IdempotencyKey {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c <= '~');
        if (text.isEmpty() || text.length() > LENGTH_LIMIT || !printable) {
            throw new IllegalArgumentException(
                    "an idempotency key has 1 to " + LENGTH_LIMIT + " printable ASCII characters");
        }
    }
}
