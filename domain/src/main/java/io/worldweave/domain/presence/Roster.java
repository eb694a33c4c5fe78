package io.worldweave.domain.presence;

import io.worldweave.domain.user.UserId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one zone, and who came or went of late. Somebody is there as long as at least one node
 * says so.
 *
 * <p>Not thread-safe: its {@link Rosters}'.
 */
final class Roster {
    private static final int KEPT = 256;

    private record Step(long sequence, UserId user) {}

    private final Map<UserId, Integer> claims = new LinkedHashMap<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private long forgotten;

    /**
     * @param sequence of the last change before this roster began
     */
    Roster(long sequence) {
        this.forgotten = sequence;
    }

    /** Returns whether the user was not here before. */
    boolean add(UserId user, long sequence) {
        boolean joins = claims.merge(user, 1, Integer::sum) == 1;
        if (joins) {
            note(user, sequence);
        }
        return joins;
    }

    /** Returns whether the user is no longer here. */
    boolean remove(UserId user, long sequence) {
        boolean leaves =
                claims.computeIfPresent(user, (same, count) -> count > 1 ? count - 1 : null)
                        == null;
        if (leaves) {
            note(user, sequence);
        }
        return leaves;
    }

    boolean has(UserId user) {
        return claims.containsKey(user);
    }

    boolean isEmpty() {
        return claims.isEmpty();
    }

    Set<UserId> users() {
        return claims.keySet();
    }

    /** Returns who came or went after that change; null if it is too long ago to be known. */
    @Nullable Set<UserId> changedSince(long sequence) {
        if (sequence < forgotten) {
            return null;
        }
        Set<UserId> changed = new LinkedHashSet<>();
        var latest = steps.descendingIterator();
        while (latest.hasNext()) {
            Step step = latest.next();
            if (step.sequence() <= sequence) {
                break;
            }
            changed.add(step.user());
        }
        return changed;
    }

    private void note(UserId user, long sequence) {
        steps.addLast(new Step(sequence, user));
        if (steps.size() > KEPT) {
            forgotten = steps.removeFirst().sequence();
        }
    }
}
