package io.worldweave.domain.live;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Those whose proposals are committed together.
 *
 * <p>Not thread-safe: under the queue's lock.
 */
final class CommitBatch {
    private final List<PendingCommit<?>> members;

    CommitBatch(List<PendingCommit<?>> members) {
        this.members = members;
    }

    /** Returns the keys of those of whom it is not known that they repeat something. */
    Set<IdempotencyKey> keys() {
        Set<IdempotencyKey> keys = new HashSet<>();
        for (PendingCommit<?> member : members) {
            if (member.key() != null && !member.isRepeated()) {
                keys.add(member.key());
            }
        }
        return keys;
    }

    /** Notes who repeats what has one of these receipts. */
    void repeats(Collection<Receipt> receipts) {
        for (Receipt receipt : receipts) {
            for (PendingCommit<?> member : members) {
                if (receipt.key().equals(member.key())) {
                    member.repeats(receipt);
                }
            }
        }
    }

    /** Notes who repeats one of these deltas. */
    void repeatsAny(List<Delta> deltas) {
        if (!keys().isEmpty()) {
            repeats(deltas.stream().map(Delta::receipt).filter(Objects::nonNull).toList());
        }
    }

    /** Lets each decide on the state that the one before leaves, and returns what comes of it. */
    List<Delta> decide(WorldState base, long unixMillis) {
        WorldState state = base;
        List<Delta> deltas = new ArrayList<>();
        for (PendingCommit<?> member : members) {
            Delta delta = member.isRepeated() ? null : member.decide(state, unixMillis);
            if (delta != null) {
                switch (state.apply(delta)) {
                    case Edit.Applied<WorldState>(WorldState after) -> {
                        state = after;
                        deltas.add(delta);
                    }
                    case Edit.Refused<WorldState>(Rejection rejection) -> member.refuse(rejection);
                }
            }
            member.reached(state.position());
        }
        return deltas;
    }

    /** Gives everybody an answer; what was repeated shows at {@code present}. */
    void settle(Position present) {
        for (PendingCommit<?> member : members) {
            if (member.isRepeated()) {
                member.reached(present);
            }
            member.settle();
        }
    }

    void fail(Throwable failure) {
        members.forEach(member -> member.fail(failure));
    }

    /** Tells the only one that its delta is refused. */
    void refuse(Rejection rejection) {
        members.getFirst().refuse(rejection);
    }

    /** Returns each on its own. */
    List<CommitBatch> singly() {
        return members.stream().map(member -> new CommitBatch(List.of(member))).toList();
    }

    int size() {
        return members.size();
    }
}
