package io.worldweave.domain.store;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Receipt;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps worlds in memory, as a store keeps its promises; for tests.
 *
 * <p>It can be told to be away, and then throws {@link StoreUnavailableException} until it is told
 * otherwise. Thread-safe. Never blocks for long.
 */
public final class MemoryWorldStore implements WorldStore {
    /** What is kept of a world's history, unless a constructor is told otherwise. */
    public static final int HISTORY_LIMIT = 1_024;

    private final Map<WorldId, Kept> worlds;
    private final Set<WorldId> open = ConcurrentHashMap.newKeySet();
    private final int historyLimit;
    private volatile boolean away;
    private volatile boolean closed;

    public MemoryWorldStore() {
        this(HISTORY_LIMIT);
    }

    /**
     * Makes a store without worlds.
     *
     * @param historyLimit how many deltas of each world are kept
     */
    public MemoryWorldStore(int historyLimit) {
        this(new ConcurrentHashMap<>(), historyLimit);
    }

    private MemoryWorldStore(Map<WorldId, Kept> worlds, int historyLimit) {
        this.worlds = worlds;
        this.historyLimit = historyLimit;
    }

    /** Closes this store and returns another one with the same worlds, as after a restart. */
    public MemoryWorldStore reopened() {
        close();
        return new MemoryWorldStore(worlds, historyLimit);
    }

    /** Returns another store on the same worlds, as another node has it. */
    public MemoryWorldStore another() {
        return new MemoryWorldStore(worlds, historyLimit);
    }

    /** Makes every call fail from now on, or no longer. */
    public void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public History open(WorldId world, Supplier<JsonObject> seed) {
        checkThatItAnswers();
        Kept kept = worlds.computeIfAbsent(world, _ -> new Kept(seed.get(), historyLimit));
        open.add(world);
        return kept.history();
    }

    @Override
    public Outcome commit(WorldId world, Position base, List<Delta> deltas) {
        checkThatItAnswers();
        WorldStore.check(base, deltas);
        return kept(world).commit(base, deltas);
    }

    @Override
    public Outcome commitInTurn(
            WorldId world, Position known, Function<List<Delta>, List<Delta>> decide) {
        checkThatItAnswers();
        return kept(world).commitInTurn(known, decide);
    }

    @Override
    public Position position(WorldId world) {
        checkThatItAnswers();
        return kept(world).position();
    }

    @Override
    public Since since(WorldId world, Position from) {
        checkThatItAnswers();
        return kept(world).since(from);
    }

    @Override
    public @Nullable WorldState at(WorldId world, long revision) {
        checkThatItAnswers();
        return kept(world).at(revision);
    }

    @Override
    public Map<IdempotencyKey, Receipt> receipts(WorldId world, Set<IdempotencyKey> keys) {
        checkThatItAnswers();
        return kept(world).receipts(keys);
    }

    @Override
    public Outcome restart(WorldId world, Position base, WorldState state) {
        checkThatItAnswers();
        return kept(world).restart(base, state);
    }

    @Override
    public List<WorldId> worlds() {
        checkThatItAnswers();
        return worlds.keySet().stream().sorted(Comparator.comparing(WorldId::toString)).toList();
    }

    @Override
    public boolean adopt(WorldId world, History history) {
        checkThatItAnswers();
        return worlds.putIfAbsent(world, new Kept(history, historyLimit)) == null;
    }

    @Override
    public void release(WorldId world) {
        checkThatItAnswers();
        open.remove(world);
    }

    /** Returns how many worlds were opened and not released. */
    public int openCount() {
        return open.size();
    }

    @Override
    public void close() {
        closed = true;
    }

    private Kept kept(WorldId world) {
        Kept kept = worlds.get(world);
        if (kept == null || !open.contains(world)) {
            throw new IllegalStateException("world " + world + " is not open");
        }
        return kept;
    }

    private void checkThatItAnswers() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        if (away) {
            throw new StoreUnavailableException("the store is away, as the test wants it", null);
        }
    }

    /** One world: an old state, the deltas since, and the present state. */
    private static final class Kept {
        private final int limit;
        private final ArrayDeque<Delta> deltas = new ArrayDeque<>();
        private WorldState base;
        private WorldState head;

        Kept(JsonObject seed, int limit) {
            this(new History(WorldState.initial(newEpoch(), seed), List.of()), limit);
        }

        Kept(History history, int limit) {
            this.limit = limit;
            base = history.base();
            head = history.head();
            history.deltas().forEach(this::keep);
        }

        synchronized History history() {
            return new History(base, List.copyOf(deltas));
        }

        synchronized Position position() {
            return head.position();
        }

        synchronized Outcome commit(Position from, List<Delta> batch) {
            if (!from.equals(head.position())) {
                return new Outcome.Conflict(head.position());
            }
            return switch (head.apply(batch)) {
                case Edit.Refused<WorldState>(var rejection) -> new Outcome.Rejected(rejection);
                case Edit.Applied<WorldState>(WorldState after) -> {
                    head = after;
                    batch.forEach(this::keep);
                    yield new Outcome.Committed(head.position());
                }
            };
        }

        synchronized Outcome commitInTurn(
                Position known, Function<List<Delta>, List<Delta>> decide) {
            if (!(since(known) instanceof Since.Deltas(List<Delta> missed))) {
                return new Outcome.Conflict(head.position());
            }
            List<Delta> decided = decide.apply(missed);
            return decided.isEmpty()
                    ? new Outcome.Committed(head.position())
                    : commit(head.position(), decided);
        }

        private void keep(Delta delta) {
            deltas.addLast(delta);
            if (deltas.size() > limit
                    && base.apply(deltas.removeFirst())
                            instanceof Edit.Applied<WorldState>(WorldState next)) {
                base = next;
            }
        }

        synchronized Outcome restart(Position from, WorldState state) {
            if (!from.equals(head.position())) {
                return new Outcome.Conflict(head.position());
            }
            base = state.begunAnew(new Position(newEpoch(), from.revision() + 1));
            head = base;
            deltas.clear();
            return new Outcome.Committed(head.position());
        }

        synchronized @Nullable WorldState at(long revision) {
            boolean kept = revision >= base.revision() && revision <= head.revision();
            return kept ? history().at(revision) : null;
        }

        synchronized Map<IdempotencyKey, Receipt> receipts(Set<IdempotencyKey> keys) {
            return deltas.stream()
                    .map(Delta::receipt)
                    .filter(receipt -> receipt != null && keys.contains(receipt.key()))
                    .collect(Collectors.toMap(Receipt::key, receipt -> receipt, (_, last) -> last));
        }

        private static String newEpoch() {
            return UUID.randomUUID().toString();
        }

        synchronized Since since(Position from) {
            long behind = head.revision() - from.revision();
            if (!from.epoch().equals(head.position().epoch())
                    || behind < 0
                    || behind > deltas.size()) {
                return new Since.Gone(head.position());
            }
            List<Delta> all = new ArrayList<>(deltas);
            return new Since.Deltas(all.subList(all.size() - (int) behind, all.size()));
        }
    }
}
