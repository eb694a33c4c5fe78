package io.worldweave.domain.live;

import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the commits to one world in order.
 *
 * <p>Whoever comes first decides for all who came meanwhile, one after another on the state that
 * the one before leaves, and commits the deltas together: one force of the disk serves them all
 * (the technique is known as flat combining). When another node was faster, everybody decides again
 * on the newer state.
 *
 * <p>Thread-safe. {@link #submit} blocks until the store answered.
 */
final class CommitQueue {
    /** So often another node may be faster in a row before the store counts as unavailable. */
    static final int CONFLICT_LIMIT = 32;

    private final LiveWorld world;
    private final WorldStore store;
    private final LongSupplier unixMillis;
    private final Consumer<List<Delta>> publish;
    private final ReentrantLock combining = new ReentrantLock();
    private final ConcurrentLinkedQueue<Pending<?>> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param publish told of deltas once they are durable and in the world's log; must not block
     */
    CommitQueue(
            LiveWorld world,
            WorldStore store,
            LongSupplier unixMillis,
            Consumer<List<Delta>> publish) {
        this.world = world;
        this.store = store;
        this.unixMillis = unixMillis;
        this.publish = publish;
    }

    /**
     * Decides on the present state and commits what comes of it. Returns the deltas' outcome for
     * this proposal alone.
     */
    <R> Commitment<R> submit(Actor actor, Function<WorldState, Proposal<R>> decide) {
        Pending<R> pending = new Pending<>(actor, decide);
        waiting.add(pending);
        combining.lock();
        try {
            while (!pending.isSettled()) {
                commitTogether(nextBatch());
            }
        } finally {
            combining.unlock();
        }
        return pending.commitment();
    }

    private List<Pending<?>> nextBatch() {
        List<Pending<?>> batch = new ArrayList<>();
        Pending<?> next;
        while (batch.size() < WorldStore.BATCH_LIMIT && (next = waiting.poll()) != null) {
            batch.add(next);
        }
        return batch;
    }

    private void commitTogether(List<Pending<?>> batch) {
        try {
            for (int attempt = 0; attempt < CONFLICT_LIMIT; attempt++) {
                if (tryCommit(batch)) {
                    return;
                }
                world.catchUp();
            }
            throw new StoreUnavailableException(
                    "other nodes keep writing to " + world.id() + " before this one can", null);
        } catch (RuntimeException failure) {
            batch.forEach(pending -> pending.fail(failure));
        }
    }

    /** Returns false if the store was ahead: nothing was committed, and nobody was answered. */
    private boolean tryCommit(List<Pending<?>> batch) {
        WorldState base = world.head();
        WorldState state = base;
        List<Delta> deltas = new ArrayList<>();
        for (Pending<?> pending : batch) {
            Delta delta = pending.decide(state, unixMillis.getAsLong());
            if (delta != null) {
                switch (state.apply(delta)) {
                    case Edit.Applied<WorldState>(WorldState after) -> {
                        state = after;
                        deltas.add(delta);
                    }
                    case Edit.Refused<WorldState>(var rejection) -> pending.refuse(rejection);
                }
            }
            pending.reached(state.position());
        }
        if (deltas.isEmpty() || committed(base.position(), deltas)) {
            batch.forEach(Pending::settle);
            return true;
        }
        return false;
    }

    private boolean committed(Position base, List<Delta> deltas) {
        return switch (store.commit(world.id(), base, deltas)) {
            case Outcome.Committed _ -> {
                world.committed(deltas);
                publish.accept(deltas);
                yield true;
            }
            case Outcome.Conflict _ -> false;
            case Outcome.Rejected(var rejection) ->
                    throw new IllegalStateException(
                            "the store refuses what applies here: " + rejection.reason());
        };
    }

    /** One submitter's place in the queue. Owned by whoever combines, until settled. */
    private static final class Pending<R> {
        private final Actor actor;
        private final Function<WorldState, Proposal<R>> decide;
        private @Nullable R result;
        private @Nullable Position position;
        private @Nullable Commitment<R> refusal;
        private @Nullable RuntimeException failure;
        private boolean settled;

        Pending(Actor actor, Function<WorldState, Proposal<R>> decide) {
            this.actor = actor;
            this.decide = decide;
        }

        @Nullable Delta decide(WorldState state, long now) {
            refusal = null;
            failure = null;
            try {
                Proposal<R> proposal = decide.apply(state);
                result = proposal.result();
                return proposal.changes().isEmpty()
                        ? null
                        : new Delta(
                                state.revision(), actor, proposal.cause(), now, proposal.changes());
            } catch (RuntimeException thrown) {
                failure = thrown;
                return null;
            }
        }

        void refuse(Rejection rejection) {
            refusal = new Commitment.Refused<>(rejection);
        }

        void reached(Position reached) {
            position = reached;
        }

        void settle() {
            settled = true;
        }

        void fail(RuntimeException thrown) {
            failure = thrown;
            settled = true;
        }

        boolean isSettled() {
            return settled;
        }

        Commitment<R> commitment() {
            if (failure != null) {
                throw failure;
            }
            if (refusal != null) {
                return refusal;
            }
            if (result == null || position == null) {
                throw new IllegalStateException("a proposal was settled without a decision");
            }
            return new Commitment.Made<>(result, position);
        }
    }
}
