package io.worldweave.domain.live;

import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One submitter's place in a {@link CommitQueue}.
 *
 * <p>Not thread-safe: under the queue's lock, until it is settled; then its submitter's alone. The
 * calls to its submitter are thread-safe.
 */
final class PendingCommit<R> {
    private final Actor actor;
    private final @Nullable IdempotencyKey key;
    private final Function<WorldState, Proposal<R>> decide;
    private @Nullable R result;
    private @Nullable Position position;
    private @Nullable Commitment<R> refusal;
    private @Nullable Receipt receipt;
    private @Nullable Throwable failure;
    private final Semaphore calls = new Semaphore(0);
    private volatile boolean settled;

    PendingCommit(
            Actor actor, @Nullable IdempotencyKey key, Function<WorldState, Proposal<R>> decide) {
        this.actor = actor;
        this.key = key;
        this.decide = decide;
    }

    @Nullable IdempotencyKey key() {
        return key;
    }

    /** Notes that it was made before: there is nothing to decide any more. */
    void repeats(Receipt earlier) {
        receipt = earlier;
    }

    boolean isRepeated() {
        return receipt != null;
    }

    /**
     * Returns what is to be committed on {@code state}: null if nothing, or if the decision failed.
     */
    @Nullable Delta decide(WorldState state, long unixMillis) {
        refusal = null;
        failure = null;
        try {
            Proposal<R> proposal = decide.apply(state);
            result = proposal.result();
            return proposal.changes().isEmpty()
                    ? null
                    : new Delta(
                            state.revision(),
                            actor,
                            proposal.cause(),
                            unixMillis,
                            proposal.changes(),
                            proposal.receipt());
        } catch (RuntimeException | Error thrown) {
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
        call();
    }

    void fail(Throwable thrown) {
        failure = thrown;
        settle();
    }

    /** Lets its submitter look whether it is settled, or else whether it is to combine. */
    void call() {
        calls.release();
    }

    /** Blocks its submitter until it is called, or returns at once if it was. */
    void awaitCall() {
        calls.acquireUninterruptibly();
    }

    boolean isSettled() {
        return settled;
    }

    /** Returns the outcome once it is settled, or throws what the decision or the store threw. */
    Once<R> outcome() {
        switch (failure) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            case null, default -> {}
        }
        return receipt != null && position != null
                ? new Once.Repeated<>(receipt, position)
                : new Once.First<>(commitment());
    }

    private Commitment<R> commitment() {
        if (refusal != null) {
            return refusal;
        }
        if (result == null || position == null) {
            throw new IllegalStateException("a proposal was settled without a decision");
        }
        return new Commitment.Made<>(result, position);
    }
}
