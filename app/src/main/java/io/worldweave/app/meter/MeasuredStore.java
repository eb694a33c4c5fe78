package io.worldweave.app.meter;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;

/**
 * A store whose commits are timed and counted.
 *
 * <p>Thread-safe, as the store is.
 */
public final class MeasuredStore implements WorldStore {
    private final WorldStore store;
    private final Timer commits;
    private final Counter deltas;
    private final Counter conflicts;

    /**
     * @param store the one that does the work; closed with this one
     */
    public MeasuredStore(WorldStore store, MetricRegistry registry) {
        this.store = store;
        this.commits = registry.timer("worldweave_commits");
        this.deltas = registry.counter("worldweave_deltas");
        this.conflicts = registry.counter("worldweave_commit_conflicts");
    }

    @Override
    public History open(WorldId world, Supplier<JsonObject> seed) {
        return store.open(world, seed);
    }

    @Override
    public Outcome commit(WorldId world, Position base, List<Delta> batch) {
        try (Timer.Context _ = commits.time()) {
            Outcome outcome = store.commit(world, base, batch);
            switch (outcome) {
                case Outcome.Committed _ -> deltas.inc(batch.size());
                case Outcome.Conflict _ -> conflicts.inc();
                case Outcome.Rejected _ -> {
                    // The caller's mistake, which it reports.
                }
            }
            return outcome;
        }
    }

    @Override
    public Position position(WorldId world) {
        return store.position(world);
    }

    @Override
    public Since since(WorldId world, Position from) {
        return store.since(world, from);
    }

    @Override
    public void release(WorldId world) {
        store.release(world);
    }

    @Override
    public int unavailableCount() {
        return store.unavailableCount();
    }

    @Override
    public void close() {
        store.close();
    }
}
