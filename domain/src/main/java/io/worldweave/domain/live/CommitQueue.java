package io.worldweave.domain.live;

import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * (the technique is known as flat combining). Whoever has an answer leaves at once, and the one who
 * waits longest takes over, with everybody who came while the disk was busy. When another node was
 * faster, everybody decides again on the newer state, in turn with the other nodes: so a commit
 * loses to others once at most.
 *
 * <p>Thread-safe. {@link #submit} blocks until the store answered.
 */
final class CommitQueue {
    /** So often a world's history may begin anew under a commit. */
    private static final int ATTEMPT_LIMIT = 8;

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
        while (!pending.isSettled()) {
            if (combining.tryLock()) {
                combineUntilSettled(pending);
            } else {
                pending.awaitCall();
            }
        }
        return pending.outcome();
    }

    private void combineUntilSettled(PendingCommit<?> own) {
        try {
            while (!own.isSettled()) {
                commitTogether(nextBatch());
            }
        } finally {
            combining.unlock();
            callNext();
        }
    }

    /**
     * Calls the one who waits longest to combine. Whoever comes between the unlocking and the call
     * may be faster, and then settles the one who is called.
     */
    private void callNext() {
        PendingCommit<?> next = waiting.peek();
        if (next != null) {
            next.call();
        }
    }

    private CommitBatch nextBatch() {
        List<PendingCommit<?>> members = new ArrayList<>();
        waiting.drainTo(members, WorldStore.BATCH_LIMIT);
        return new CommitBatch(members);
    }

    /**
     * Settles every member of the batch, whatever happens: nobody waits for one that is forgotten.
     */
    private void commitTogether(CommitBatch batch) {
        try {
            for (int attempt = 0; attempt < ATTEMPT_LIMIT; attempt++) {
                WorldState base = world.head();
                boolean settled =
                        isSettledBy(commit(batch, base), batch)
                                || isSettledBy(commitInTurn(batch, base), batch);
                if (settled) {
                    return;
                }
                world.catchUp();
            }
            throw new StoreUnavailableException(
                    "the history of " + world.id() + " keeps beginning anew", null);
        } catch (RuntimeException | Error failure) {
            batch.fail(failure);
        }
    }

    /**
     * Commits on {@code base}, which is from before the store is asked for keys: whatever is
     * committed under one of them later makes it outdated.
     */
    private Outcome commit(CommitBatch batch, WorldState base) {
        findRepeated(batch);
        List<Delta> deltas = batch.decide(base, unixMillis.getAsLong());
        if (deltas.isEmpty()) {
            return holding(base.position());
        }
        Outcome outcome = store.commit(world.id(), base.position(), deltas);
        if (outcome instanceof Outcome.Committed) {
            committed(base.position(), deltas);
        }
        return outcome;
    }

    /**
     * Returns whether the present is still where nothing was to be changed: what is answered then
     * is as true as a commit, and not what this node has not heard of yet.
     */
    private Outcome holding(Position base) {
        Position present = store.position(world.id());
        return present.equals(base) ? new Outcome.Committed(base) : new Outcome.Conflict(present);
    }

    /** Commits when it is this node's turn, on what others committed since {@code base}. */
    private Outcome commitInTurn(CommitBatch batch, WorldState base) {
        Decided[] last = new Decided[1];
        Outcome outcome =
                store.commitInTurn(
                        world.id(),
                        base.position(),
                        missed -> {
                            world.committed(base.position(), missed);
                            batch.repeatsAny(missed);
                            WorldState present = new History(base, missed).head();
                            List<Delta> deltas = batch.decide(present, unixMillis.getAsLong());
                            last[0] = new Decided(present.position(), deltas);
                            return deltas;
                        });
        if (outcome instanceof Outcome.Committed && !last[0].deltas().isEmpty()) {
            committed(last[0].base(), last[0].deltas());
        }
        return outcome;
    }

    /** What a batch came to in its turn. */
    private record Decided(Position base, List<Delta> deltas) {}

    private void committed(Position base, List<Delta> deltas) {
        world.committed(base, deltas);
        publish.accept(deltas);
    }

    private void findRepeated(CommitBatch batch) {
        Set<IdempotencyKey> keys = batch.keys();
        if (keys.isEmpty()) {
            return;
        }
        Map<IdempotencyKey, Receipt> known = store.receipts(world.id(), keys);
        batch.repeats(known.values());
        if (!known.isEmpty()) {
            // what they repeat may have been committed by another node
            world.catchUp();
        }
    }

    /** Returns whether everybody has an answer now. */
    private boolean isSettledBy(Outcome outcome, CommitBatch batch) {
        switch (outcome) {
            case Outcome.Conflict _ -> {
                return false;
            }
            case Outcome.Rejected _ when batch.size() > 1 -> {
                // one by one, so that only whose delta it is hears of it
                batch.singly().forEach(this::commitTogether);
                return true;
            }
            case Outcome.Rejected(Rejection rejection) -> batch.refuse(rejection);
            case Outcome.Committed _ -> {
                // each has its own result
            }
        }
        batch.settle(world.head().position());
        return true;
    }
}
