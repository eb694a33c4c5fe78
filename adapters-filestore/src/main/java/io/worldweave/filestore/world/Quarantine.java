package io.worldweave.filestore.world;

import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.world.WorldId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The worlds whose journals were found damaged. Their files, which may be long, are read again at
 * most once in {@link Outage#PAUSE}, so that a world whose files were put in order comes back.
 *
 * <p>Thread-safe.
 */
final class Quarantine {
    /** No more are remembered; of others it is found out anew each time. */
    static final int LIMIT = 1_000;

    private record Found(DamagedWorldException damage, long checkedNanos) {}

    private final Map<WorldId, Found> worlds = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    Quarantine(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Throws what is wrong with a world if that was found out just now. */
    void check(WorldId world) {
        Found found = worlds.get(world);
        if (found != null && nanoTime.getAsLong() - found.checkedNanos() < Outage.PAUSE.toNanos()) {
            throw new DamagedWorldException(message(found), found.damage().getCause());
        }
    }

    void add(WorldId world, DamagedWorldException damage) {
        if (worlds.size() < LIMIT || worlds.containsKey(world)) {
            worlds.put(world, new Found(damage, nanoTime.getAsLong()));
        }
    }

    void lift(WorldId world) {
        worlds.remove(world);
    }

    Map<WorldId, String> reasons() {
        Map<WorldId, String> reasons = new HashMap<>();
        worlds.forEach((world, found) -> reasons.put(world, message(found)));
        return reasons;
    }

    private static String message(Found found) {
        return String.valueOf(found.damage().getMessage());
    }
}
