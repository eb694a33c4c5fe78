package io.worldweave.app.meter;

import io.worldweave.domain.store.ForwardingWorldStore;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;

/**
 * A store whose commits are timed and counted.
 *
 * <p>Thread-safe, as the store is.
 */
public final class MeasuredStore extends ForwardingWorldStore {
    private final Timer commits;
    private final Counter deltas;
    private final Counter conflicts;

    /**
     * @param store the one that does the work; closed with this one
     */
    public MeasuredStore(WorldStore store, MetricRegistry registry) {
        super(store);
        this.commits = registry.timer("worldweave_commits");
        this.deltas = registry.counter("worldweave_deltas");
        this.conflicts = registry.counter("worldweave_commit_conflicts");
    }

    @Override
    public Outcome commit(WorldId world, Position base, List<Delta> batch) {
        try (Timer.Context _ = commits.time()) {
            Outcome outcome = super.commit(world, base, batch);
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
}
