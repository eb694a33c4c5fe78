package io.worldweave.domain.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one commit, which take a world from revision {@code base} to the next.
 *
 * @param cause what made it happen, such as {@code command:take}; at most 128 characters
 * @param timestampMillis Unix milliseconds
 * @param receipt null if whoever asked for it gave no idempotency key
 */
public record Delta(
        long base,
        Actor actor,
        String cause,
        long timestampMillis,
        List<Change> changes,
        @Nullable Receipt receipt) {
    public static final int CHANGE_LIMIT = 10_000;

    public Delta {
        changes = List.copyOf(changes);
        if (base < 0) {
            throw new IllegalArgumentException("a base revision is not negative: " + base);
        }
        if (changes.isEmpty() || changes.size() > CHANGE_LIMIT) {
            throw new IllegalArgumentException(
                    "a delta has 1 to " + CHANGE_LIMIT + " changes, not " + changes.size());
        }
        if (cause.length() > 128) {
            throw new IllegalArgumentException("a cause has at most 128 characters");
        }
    }

    /** Makes a delta that nobody gave an idempotency key for. */
    public Delta(long base, Actor actor, String cause, long timestampMillis, List<Change> changes) {
        this(base, actor, cause, timestampMillis, changes, null);
    }

    /** The revision of the world after this delta. */
    public long revision() {
        return base + 1;
    }
}
