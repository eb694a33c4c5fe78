package io.worldweave.domain.store;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A store behind a bad line: some commits never reach it, and of some the answer is lost. Whoever
 * asked is told the same of both. Not thread-safe: of one node.
 */
final class ForgetfulStore extends ForwardingWorldStore {
    private final Random random;

    ForgetfulStore(WorldStore store, Random random) {
        super(store);
        this.random = random;
    }

    @Override
    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
        loseOneOf(8, "the commit");
        Outcome outcome = super.commit(world, base, deltas);
        loseOneOf(4, "the answer");
        return outcome;
    }

    @Override
    public Map<IdempotencyKey, Receipt> receipts(WorldId world, Set<IdempotencyKey> keys) {
        loseOneOf(16, "the question");
        return super.receipts(world, keys);
    }

    private void loseOneOf(int count, String what) {
        if (random.nextInt(count) == 0) {
            throw new StoreUnavailableException(what + " was lost", null);
        }
    }
}
