package io.worldweave.domain.store;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that leaves everything to another: what one that adds something to it begins with. */
public abstract class ForwardingWorldStore implements WorldStore {
    private final WorldStore store;

    /** Makes a store that leaves everything to {@code store}, which is closed with it. */
    protected ForwardingWorldStore(WorldStore store) {
        this.store = store;
    }

    @Override
    public History open(WorldId world, Supplier<JsonObject> seed) {
        return store.open(world, seed);
    }

    @Override
    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
        return store.commit(world, base, deltas);
    }

    @Override
    public Outcome commitInTurn(
            WorldId world, Position known, Function<List<Delta>, List<Delta>> decide) {
        return store.commitInTurn(world, known, decide);
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
    public @Nullable WorldState at(WorldId world, long revision) {
        return store.at(world, revision);
    }

    @Override
    public Map<IdempotencyKey, Receipt> receipts(WorldId world, Set<IdempotencyKey> keys) {
        return store.receipts(world, keys);
    }

    @Override
    public Outcome restart(WorldId world, Position base, WorldState state) {
        return store.restart(world, base, state);
    }

    @Override
    public List<WorldId> worlds() {
        return store.worlds();
    }

    @Override
    public boolean adopt(WorldId world, History history) {
        return store.adopt(world, history);
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
    public Map<WorldId, String> damaged() {
        return store.damaged();
    }

    @Override
    public boolean isAvailable() {
        return store.isAvailable();
    }

    @Override
    public void close() {
        store.close();
    }
}
