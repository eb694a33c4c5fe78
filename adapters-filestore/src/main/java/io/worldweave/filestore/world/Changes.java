package io.worldweave.filestore.world;

import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who changed a world and why, since it was last asked. Thread-safe. */
final class Changes {
    /** What was noted; {@code from} is -1 if that is nothing. */
    record Noted(long from, List<Actor> actors, List<String> causes, long timestampMillis) {}

    private final Set<Actor> actors = new LinkedHashSet<>();
    private final Set<String> causes = new LinkedHashSet<>();
    private long from = -1;
    private long timestampMillis;

    synchronized void add(List<Delta> deltas) {
        for (Delta delta : deltas) {
            from = from < 0 ? delta.base() : Math.min(from, delta.base());
            timestampMillis = delta.timestampMillis();
            addUpToTheLimit(actors, delta.actor());
            addUpToTheLimit(causes, delta.cause());
        }
    }

    private static <T> void addUpToTheLimit(Set<T> set, T element) {
        if (set.size() < CopiesWritten.LIMIT) {
            set.add(element);
        }
    }

    /** Notes again what was taken before, since it was of no use. */
    synchronized void putBack(Noted noted) {
        if (noted.from() >= 0) {
            from = from < 0 ? noted.from() : Math.min(from, noted.from());
            timestampMillis = Math.max(timestampMillis, noted.timestampMillis());
            noted.actors().forEach(actor -> addUpToTheLimit(actors, actor));
            noted.causes().forEach(cause -> addUpToTheLimit(causes, cause));
        }
    }

    /** Returns what was noted, and forgets it. */
    synchronized Noted take() {
        Noted noted =
                new Noted(from, new ArrayList<>(actors), new ArrayList<>(causes), timestampMillis);
        actors.clear();
        causes.clear();
        from = -1;
        timestampMillis = 0;
        return noted;
    }
}
