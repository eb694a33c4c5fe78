package io.worldweave.app.meter;

import io.worldweave.domain.store.ForwardingWorldStore;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
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
            return counted(super.commit(world, base, batch), batch.size());
        }
    }

    /** A turn with nothing to commit is no commit; to wait for one's turn is part of one. */
    @Override
    public Outcome commitInTurn(
            WorldId world, Position known, Function<List<Delta>, List<Delta>> decide) {
        int[] decided = {0};
        long begin = System.nanoTime();
        try {
            Outcome outcome =
                    super.commitInTurn(
                            world,
                            known,
                            missed -> {
                                List<Delta> batch = decide.apply(missed);
                                decided[0] = batch.size();
                                return batch;
                            });
            return counted(outcome, decided[0]);
        } finally {
            if (decided[0] > 0) {
                commits.update(Duration.ofNanos(System.nanoTime() - begin));
            }
        }
    }

    private Outcome counted(Outcome outcome, int deltaCount) {
        switch (outcome) {
            case Outcome.Committed _ -> deltas.inc(deltaCount);
            case Outcome.Conflict _ -> conflicts.inc();
            case Outcome.Rejected _ -> {
                // The caller's mistake, which it reports.
            }
        }
        return outcome;
    }
}
