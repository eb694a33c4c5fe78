package io.worldweave.filestore.world;

import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A world's present state and its last deltas. Not thread-safe: of one {@link StoredWorld}, under
 * its lock.
 */
final class RecentHistory {
    /** A delta and how long its line in the journal is. */
    private record Kept(Delta delta, int bytes) {}

    private final KeptHistory limits;
    private final ArrayDeque<Kept> deltas = new ArrayDeque<>();
    private final Map<IdempotencyKey, Receipt> receipts = new HashMap<>();
    private WorldState base;
    private WorldState head;
    private long bytes;

    /** Begins with a state. */
    RecentHistory(WorldState state, KeptHistory limits) {
        this.limits = limits;
        base = state;
        head = state;
    }

    WorldState head() {
        return head;
    }

    History history() {
        return new History(base, last(deltas.size()));
    }

    /** Returns the revision from which on all is kept. */
    long baseRevision() {
        return base.revision();
    }

    /**
     * Moves the present to {@code after}, to which the deltas lead.
     *
     * @param lengths of their lines
     */
    void advance(List<Delta> batch, List<Integer> lengths, WorldState after) {
        for (int i = 0; i < batch.size(); i++) {
            keep(new Kept(batch.get(i), lengths.get(i)));
        }
        head = after;
        while (deltas.size() > limits.deltas() || (deltas.size() > 1 && bytes > limits.bytes())) {
            forgetFirst();
        }
    }

    /** Forgets what is too old; returns whether anything was. */
    boolean forgetOld(long nowMillis) {
        long since = limits.sinceMillis(nowMillis);
        int before = deltas.size();
        while (!deltas.isEmpty() && deltas.getFirst().delta().timestampMillis() < since) {
            forgetFirst();
        }
        return deltas.size() < before;
    }

    private void keep(Kept kept) {
        deltas.addLast(kept);
        bytes += kept.bytes();
        Receipt receipt = kept.delta().receipt();
        if (receipt != null) {
            receipts.put(receipt.key(), receipt);
        }
    }

    private void forgetFirst() {
        Kept first = deltas.removeFirst();
        bytes -= first.bytes();
        Receipt receipt = first.delta().receipt();
        if (receipt != null) {
            receipts.remove(receipt.key(), receipt);
        }
        base = applied(base, first.delta());
    }

    /** Returns the world at a revision, or null if that is not kept. */
    @Nullable WorldState at(long revision) {
        boolean kept = revision >= base.revision() && revision <= head.revision();
        return kept ? history().at(revision) : null;
    }

    /** Returns the receipts that are kept under these keys. */
    Map<IdempotencyKey, Receipt> receipts(Set<IdempotencyKey> keys) {
        Map<IdempotencyKey, Receipt> found = new HashMap<>();
        for (IdempotencyKey key : keys) {
            Receipt receipt = receipts.get(key);
            if (receipt != null) {
                found.put(key, receipt);
            }
        }
        return found;
    }

    private static WorldState applied(WorldState state, Delta delta) {
        return switch (state.apply(delta)) {
            case Edit.Applied<WorldState> applied -> applied.result();
            case Edit.Refused<WorldState> refused ->
                    throw new IllegalStateException(
                            "a delta applied before and does not now: "
                                    + refused.rejection().reason());
        };
    }

    Since since(Position from) {
        long behind = head.revision() - from.revision();
        boolean known =
                from.epoch().equals(head.position().epoch())
                        && behind >= 0
                        && behind <= deltas.size();
        if (!known) {
            return new Since.Gone(head.position());
        }
        return new Since.Deltas(last((int) behind));
    }

    private List<Delta> last(int count) {
        return deltas.stream().skip(deltas.size() - count).map(Kept::delta).toList();
    }
}
