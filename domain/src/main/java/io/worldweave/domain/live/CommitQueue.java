package io.worldweave.domain.live;

import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

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
    static final int CONFLICT_LIMIT = 1_000;

    private final LiveWorld world;
    private final WorldStore store;
    private final LongSupplier unixMillis;
    private final Consumer<List<Delta>> publish;
    private final ReentrantLock combining = new ReentrantLock();
    private final BlockingQueue<PendingCommit<?>> waiting;
    private final Set<IdempotencyKey> atWork = ConcurrentHashMap.newKeySet();

    /**
     * @param publish told of deltas once they are durable and in the world's log; must neither
     *     block nor throw
     * @param limit so many may wait at once
     */
    CommitQueue(
            LiveWorld world,
            WorldStore store,
            LongSupplier unixMillis,
            Consumer<List<Delta>> publish,
            int limit) {
        this.world = world;
        this.store = store;
        this.unixMillis = unixMillis;
        this.publish = publish;
        this.waiting = new LinkedBlockingQueue<>(limit);
    }

    /**
     * Decides on the present state and commits what comes of it, together with what others submit
     * meanwhile.
     */
    <R> Commitment<R> submit(Actor actor, Function<WorldState, Proposal<R>> decide) {
        return switch (settled(new PendingCommit<>(actor, null, decide))) {
            case Once.First<R>(Commitment<R> commitment) -> commitment;
            case Once.Repeated<R> _, Once.InProgress<R> _ ->
                    throw new IllegalStateException("a proposal without a key was made before");
        };
    }

    /** Does as {@link #submit} unless something was committed, or is at work, under the key. */
    <R> Once<R> submitOnce(
            Actor actor, IdempotencyKey key, Function<WorldState, Proposal<R>> decide) {
        if (!atWork.add(key)) {
            return new Once.InProgress<>();
        }
        try {
            return settled(new PendingCommit<>(actor, key, decide));
        } finally {
            atWork.remove(key);
        }
    }

    private <R> Once<R> settled(PendingCommit<R> pending) {
        if (!waiting.offer(pending)) {
            throw new StoreUnavailableException(
                    "too many wait to commit to " + world.id() + "; try again", null);
        }
        combining.lock();
        try {
            while (!pending.isSettled()) {
                commitTogether(nextBatch());
            }
        } finally {
            combining.unlock();
        }
        return pending.outcome();
    }

    private List<PendingCommit<?>> nextBatch() {
        List<PendingCommit<?>> batch = new ArrayList<>();
        waiting.drainTo(batch, WorldStore.BATCH_LIMIT);
        return batch;
    }

    /** What came of an attempt to commit a batch. */
    private enum Attempt {
        /** Everybody has an answer. */
        SETTLED,
        /** The store was ahead; nobody was answered. */
        OUTDATED,
        /** The store refuses one of the deltas; nobody was answered. */
        REFUSED
    }

    /**
     * Settles every member of the batch, whatever happens: nobody waits for one that is forgotten.
     */
    private void commitTogether(List<PendingCommit<?>> batch) {
        try {
            for (int attempt = 0; attempt < CONFLICT_LIMIT; attempt++) {
                switch (tryCommit(batch)) {
                    case SETTLED -> {
                        return;
                    }
                    case OUTDATED -> world.catchUp();
                    case REFUSED -> {
                        // one by one, so that only whose delta it is hears of it
                        batch.forEach(pending -> commitTogether(List.of(pending)));
                        return;
                    }
                }
            }
            throw new StoreUnavailableException(
                    "other nodes keep writing to " + world.id() + " before this one can", null);
        } catch (RuntimeException | Error failure) {
            batch.forEach(pending -> pending.fail(failure));
        }
    }

    private Attempt tryCommit(List<PendingCommit<?>> batch) {
        findRepeated(batch);
        WorldState base = world.head();
        WorldState state = base;
        List<Delta> deltas = new ArrayList<>();
        for (PendingCommit<?> pending : batch) {
            Delta delta =
                    pending.isRepeated() ? null : pending.decide(state, unixMillis.getAsLong());
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
        Attempt attempt =
                deltas.isEmpty() ? Attempt.SETTLED : attempted(batch, base.position(), deltas);
        if (attempt == Attempt.SETTLED) {
            batch.forEach(PendingCommit::settle);
        }
        return attempt;
    }

    /**
     * Finds who repeats what was committed before. Nothing comes between this and the commit: what
     * another node commits meanwhile makes the base outdated, and this is asked again.
     */
    private void findRepeated(List<PendingCommit<?>> batch) {
        Map<IdempotencyKey, PendingCommit<?>> asked = new HashMap<>();
        for (PendingCommit<?> pending : batch) {
            if (pending.key() != null && !pending.isRepeated()) {
                asked.put(pending.key(), pending);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        Map<IdempotencyKey, Receipt> known = store.receipts(world.id(), asked.keySet());
        known.forEach((key, receipt) -> Objects.requireNonNull(asked.get(key)).repeats(receipt));
        if (!known.isEmpty()) {
            // what they repeat may have been committed by another node
            world.catchUp();
        }
    }

    private Attempt attempted(List<PendingCommit<?>> batch, Position base, List<Delta> deltas) {
        return switch (store.commit(world.id(), base, deltas)) {
            case Outcome.Committed _ -> {
                world.committed(base, deltas);
                publish.accept(deltas);
                yield Attempt.SETTLED;
            }
            case Outcome.Conflict _ -> Attempt.OUTDATED;
            case Outcome.Rejected _ when batch.size() > 1 -> Attempt.REFUSED;
            case Outcome.Rejected(var rejection) -> {
                batch.getFirst().refuse(rejection);
                yield Attempt.SETTLED;
            }
        };
    }
}
