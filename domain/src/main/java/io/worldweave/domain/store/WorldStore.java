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

/**
 * Keeps the worlds, each as a numbered history. The store is the truth; everything else is a copy
 * of it.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link StoreUnavailableException}
 * when it does not; whether a commit that ended so was made shows in the next {@link #position}.
 */
public interface WorldStore extends AutoCloseable {

    /** At most so many deltas are committed together. */
    int BATCH_LIMIT = 256;

    /** So often somebody else may be first in a row where a store has no queue of its own. */
    int TURN_LIMIT = 1_000;

    /**
     * Returns the world's recent history, creating the world at revision 0 with a new epoch and
     * {@code seed} as its shared document if there is none. If {@code seed} throws, so does this,
     * and there is still none.
     */
    History open(WorldId world, Supplier<JsonObject> seed);

    /**
     * Appends the deltas, each of which begins where the one before it ends, if the world still is
     * at {@code base}: all of them or none. They are durable when this returns {@link
     * Outcome.Committed}.
     *
     * @param deltas 1 to {@link #BATCH_LIMIT}, the first from revision {@code base.revision()}
     */
    Outcome commit(WorldId world, Position base, List<Delta> deltas);

    /**
     * Commits what {@code decide} makes of the deltas since {@code known}, none of which anybody
     * adds to meanwhile: who else wants to commit waits. For those who lost to another in {@link
     * #commit} and would lose again.
     *
     * @param decide is given the deltas since {@code known}, oldest first, and returns those to be
     *     committed after them, which may be none; does nothing but decide, and may be asked again
     * @return a conflict if {@code known} is no longer or never was in the world's history
     */
    default Outcome commitInTurn(
            WorldId world, Position known, Function<List<Delta>, List<Delta>> decide) {
        for (int attempt = 0; attempt < TURN_LIMIT; attempt++) {
            if (!(since(world, known) instanceof Since.Deltas(List<Delta> missed))) {
                return new Outcome.Conflict(position(world));
            }
            Position base = known.at(known.revision() + missed.size());
            List<Delta> deltas = decide.apply(missed);
            Outcome outcome =
                    deltas.isEmpty() ? new Outcome.Committed(base) : commit(world, base, deltas);
            if (!(outcome instanceof Outcome.Conflict)) {
                return outcome;
            }
        }
        throw new StoreUnavailableException("others keep writing to " + world, null);
    }

    /**
     * Returns where the world is. Here and in every other method that does not say otherwise, a
     * world that was never opened, or was released since, is the caller's mistake.
     */
    Position position(WorldId world);

    /**
     * Returns the deltas after {@code from}, oldest first, or says that they are no longer or never
     * were in its history.
     */
    Since since(WorldId world, Position from);

    /**
     * Returns the world as it was at {@code revision}, or null if its present epoch does not know
     * that revision or does not any more.
     */
    @Nullable WorldState at(WorldId world, long revision);

    /**
     * Returns those receipts that a delta in the world's history has under one of the keys. A
     * receipt is kept as long as its delta.
     */
    Map<IdempotencyKey, Receipt> receipts(WorldId world, Set<IdempotencyKey> keys);

    /**
     * Begins the world's history anew, if the world still is at {@code base}: with the documents of
     * {@code state}, at the revision after {@code base} and in an epoch that no world has had. What
     * was before is gone.
     */
    Outcome restart(WorldId world, Position base, WorldState state);

    /** Returns the worlds that are kept, open or not, ordered by what they are called. */
    List<WorldId> worlds();

    /**
     * Takes over a world with its history from elsewhere, positions and all, durably.
     *
     * @return false, and nothing happened, if there is such a world already
     * @throws IllegalArgumentException if the deltas do not lead on from the state
     */
    boolean adopt(WorldId world, History history);

    /**
     * Lets go of what is held for a world that nobody uses now; opening it again brings it back. To
     * no effect for a world that is not open. A commit that comes at the same time is made before,
     * or finds the world not open and is not made.
     */
    void release(WorldId world);

    /**
     * Returns how many open worlds cannot be used now, though nothing is asked of them. Does not
     * block for the store. A store that finds out by being asked says 0.
     */
    default int unavailableCount() {
        return 0;
    }

    /**
     * Returns the worlds that were found damaged and not whole since, with what is wrong; some of
     * them if they are many. Does not block for the store.
     */
    default Map<WorldId, String> damaged() {
        return Map.of();
    }

    /**
     * Returns whether the store answers, as far as was found out lately, though some worlds may be
     * unavailable. Does not block for the store. A store that finds out by being asked says true.
     */
    default boolean isAvailable() {
        return true;
    }

    /** Checks that the deltas are such as may be committed at {@code base}. */
    static void check(Position base, List<Delta> deltas) {
        if (deltas.isEmpty() || deltas.size() > BATCH_LIMIT) {
            throw new IllegalArgumentException(
                    "a commit has 1 to " + BATCH_LIMIT + " deltas, not " + deltas.size());
        }
        long revision = base.revision();
        for (Delta delta : deltas) {
            if (delta.base() != revision) {
                throw new IllegalArgumentException(
                        "a delta begins at " + delta.base() + ", not at " + revision);
            }
            revision = delta.revision();
        }
    }

    /** Lets go of files and connections. Nothing is called afterwards. */
    @Override
    void close();
}
