package io.worldweave.nats;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Who looks at which world on this node.
 *
 * <p>Thread-safe.
 */
final class Viewers {
    private final Map<WorldId, Map<UserId, Integer>> streams = new ConcurrentHashMap<>();

    /** Notes that a stream of the user shows the world, until the interest is closed. */
    Bus.Interest add(UserId user, WorldId world) {
        count(user, world, 1);
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                count(user, world, -1);
            }
        };
    }

    /** Returns who looks at the world. */
    Set<UserId> of(WorldId world) {
        return streams.getOrDefault(world, Map.of()).keySet();
    }

    private void count(UserId user, WorldId world, int more) {
        streams.compute(world, (_, users) -> counted(users == null ? Map.of() : users, user, more));
    }

    private static @Nullable Map<UserId, Integer> counted(
            Map<UserId, Integer> users, UserId user, int more) {
        Map<UserId, Integer> changed = new HashMap<>(users);
        changed.merge(user, more, (before, added) -> before + added == 0 ? null : before + added);
        return changed.isEmpty() ? null : changed;
    }
}
