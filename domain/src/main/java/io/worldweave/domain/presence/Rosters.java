package io.worldweave.domain.presence;

import io.worldweave.domain.user.UserId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in which zone of one world, and how many came to one or left one so far.
 *
 * <p>Not thread-safe: its {@link Room}'s.
 */
final class Rosters {
    private final Map<String, Roster> zones = new HashMap<>();
    private long sequence;

    /** Returns the number of the last change. */
    long sequence() {
        return sequence;
    }

    boolean has(String zone, UserId user) {
        Roster roster = zones.get(zone);
        return roster != null && roster.has(user);
    }

    /** Returns who is in the zone, in a set of the caller's. */
    Set<UserId> users(String zone) {
        Roster roster = zones.get(zone);
        return roster == null ? new LinkedHashSet<>() : new LinkedHashSet<>(roster.users());
    }

    /**
     * Returns who may have come to the zone or left it since that change; null if that is not
     * known, and everybody may have.
     */
    @Nullable Set<UserId> changedSince(String zone, long since) {
        Roster roster = zones.get(zone);
        return roster == null ? null : roster.changedSince(since);
    }

    /** In the new zone first: whoever is still in it by another node's word does not flicker. */
    void move(UserId user, @Nullable String from, @Nullable String to) {
        if (Objects.equals(from, to)) {
            return;
        }
        if (to != null
                && zones.computeIfAbsent(to, _ -> new Roster(sequence)).add(user, sequence + 1)) {
            sequence++;
        }
        Roster left = from == null ? null : zones.get(from);
        if (left != null && left.remove(user, sequence + 1)) {
            sequence++;
            if (left.isEmpty()) {
                zones.remove(from);
            }
        }
    }
}
