package io.worldweave.domain.live;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The worlds at work on this node: opened when first needed, kept abreast of the store, told to the
 * other nodes.
 *
 * <p>Thread-safe. What touches the store blocks until it answers and throws {@link
 * StoreUnavailableException} when it does not; worlds do not wait for each other.
 */
public final class Worlds implements AutoCloseable {
    private static final Duration ASKED_JUST_NOW = Duration.ofMillis(10);

    private final WorldStore store;
    private final Bus bus;
    private final Scheduler scheduler;
    private final LiveLimits limits;
    private final Map<WorldId, Slot> slots = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public Worlds(WorldStore store, Bus bus, Scheduler scheduler, LiveLimits limits) {
        this.store = store;
        this.bus = bus;
        this.scheduler = scheduler;
        this.limits = limits;
        tendLater();
    }

    /**
     * Returns the world, from the store if it is not at work yet; {@code seed} is what a new one
     * begins with. What it shows is at most {@link LiveLimits#headCheck} older than the store.
     */
    public LiveWorld open(WorldId id, Supplier<JsonObject> seed) {
        Work work = work(id, seed);
        if (work.isDueForCheck(scheduler.nanoTime(), limits.headCheck())) {
            work.world().follow();
        }
        return work.world();
    }

    /** Returns the world as {@link #open} does if there is one, or null: it makes none. */
    public @Nullable LiveWorld find(WorldId id) {
        Slot slot = slot(id);
        try {
            return open(
                    id,
                    () -> {
                        throw new Absent();
                    });
        } catch (Absent none) {
            slot.abandon();
            return null;
        }
    }

    /**
     * Commits what {@code decide} proposes for the world's present state. It is called again if
     * another commit came first, and does nothing but decide.
     */
    public <R> Commitment<R> commit(
            LiveWorld world, Actor actor, Function<WorldState, Proposal<R>> decide) {
        return atWork(world).commits().submit(actor, decide);
    }

    /**
     * Commits as {@link #commit} does, unless something was committed to the world under {@code
     * key} already: a receipt in the proposal makes this one be known again.
     */
    public <R> Once<R> commitOnce(
            LiveWorld world,
            Actor actor,
            IdempotencyKey key,
            Function<WorldState, Proposal<R>> decide) {
        return atWork(world).commits().submitOnce(actor, key, decide);
    }

    /**
     * Begins the world's history anew with the documents of {@code state}, whatever was committed
     * before; its streams get a snapshot. Returns where the world begins.
     */
    public Position restart(LiveWorld world, WorldState state) {
        LiveWorld present = atWork(world).world();
        for (int attempt = 0; attempt < WorldStore.TURN_LIMIT; attempt++) {
            switch (store.restart(present.id(), store.position(present.id()), state)) {
                case Outcome.Committed(Position begin) -> {
                    present.catchUp();
                    return begin;
                }
                case Outcome.Conflict _ -> {
                    // somebody committed just now, which is to be gone as well
                }
                case Outcome.Rejected(Rejection rejection) ->
                        throw new IllegalArgumentException(rejection.reason());
            }
        }
        throw new StoreUnavailableException("others keep writing to " + world.id(), null);
    }

    /**
     * Returns the world as it was at {@code revision}, or null if that is not in its history, or no
     * longer.
     */
    public @Nullable WorldState at(LiveWorld world, long revision) {
        return store.at(atWork(world).world().id(), revision);
    }

    /** Returns what was committed to the world since {@code from}. */
    public Since since(LiveWorld world, Position from) {
        return store.since(atWork(world).world().id(), from);
    }

    /**
     * Returns the world once it has come as far as the store has, whatever was committed by whom.
     */
    public LiveWorld caughtUp(LiveWorld world) {
        LiveWorld present = atWork(world).world();
        present.catchUp();
        return present;
    }

    /** Returns the worlds that are at work now, in no order. */
    public List<LiveWorld> atWork() {
        List<LiveWorld> all = new ArrayList<>();
        for (Slot slot : slots.values()) {
            Work known = slot.work;
            if (known != null) {
                all.add(known.world());
            }
        }
        return all;
    }

    /** Returns the oldest revision of the world that is kept. */
    public long oldest(LiveWorld world) {
        LiveWorld present = atWork(world).world();
        return store.open(present.id(), () -> present.head().shared().content()).base().revision();
    }

    /** Returns how many worlds are at work. */
    public int openCount() {
        return slots.size();
    }

    /** Lets go of every world; later calls find the store unavailable. */
    @Override
    public void close() {
        closed = true;
        slots.values().forEach(slot -> slot.end(true));
    }

    /** The world again, which may have been let go of since whoever has it got it. */
    private Work atWork(LiveWorld world) {
        return work(world.id(), () -> world.head().shared().content());
    }

    private Work work(WorldId id, Supplier<JsonObject> seed) {
        while (true) {
            Work work = slot(id).work(seed);
            if (work != null) {
                return work;
            }
            // the slot made room just now: another one takes its place
        }
    }

    private Slot slot(WorldId id) {
        if (closed) {
            throw new StoreUnavailableException("the service is stopping", null);
        }
        Slot slot = slots.get(id);
        if (slot == null) {
            slot = slots.computeIfAbsent(id, Slot::new);
            if (slots.size() > limits.worlds() && !makeRoom()) {
                slot.abandon();
                throw new StoreUnavailableException(
                        "this node has its limit of " + limits.worlds() + " worlds at work", null);
            }
        }
        slot.usedNanos = scheduler.nanoTime();
        return slot;
    }

    /**
     * Lets go of worlds that nobody watches or has used for a while; returns whether that made
     * room.
     */
    private boolean makeRoom() {
        for (Slot slot : slots.values()) {
            if (slot.isIdle(slot.work)) {
                slot.end(false);
            }
        }
        return slots.size() <= limits.worlds();
    }

    private void publish(LiveWorld world, List<Delta> deltas) {
        String epoch = world.head().position().epoch();
        deltas.forEach(delta -> bus.publish(new News.Committed(world.id(), epoch, delta)));
    }

    private void heard(LiveWorld world, News news) {
        if (world.heard(news)) {
            followLater(world, Duration.ZERO);
        }
    }

    /** Whoever asks the store just now may have asked before there was what the news tells of. */
    private void followLater(LiveWorld world, Duration delay) {
        scheduler.after(
                delay,
                () -> {
                    if (!world.follow()) {
                        followLater(world, ASKED_JUST_NOW);
                    }
                });
    }

    /**
     * Compares heads with the store again and again, so that a silent bus costs time and nothing
     * else (I1).
     */
    private void tendLater() {
        scheduler.after(jittered(limits.headCheck()), this::tend);
    }

    private void tend() {
        if (closed) {
            return;
        }
        for (Slot slot : slots.values()) {
            LiveWorld used = slot.inUse();
            if (used != null) {
                // each by itself: one that the store cannot answer for keeps no other from being
                // followed
                scheduler.after(Duration.ZERO, used::follow);
            }
        }
        tendLater();
    }

    /** Nodes that started together do not ask the store together. */
    private Duration jittered(Duration interval) {
        long spread = Math.max(1, interval.toNanos() / 5);
        long chance = System.identityHashCode(this) * 7919L + scheduler.nanoTime();
        return interval.plusNanos(Math.floorMod(chance, spread));
    }

    /** What a store is given instead of a seed, so that it makes no world where there is none. */
    @SuppressWarnings("serial")
    private static final class Absent extends RuntimeException {
        Absent() {
            super("there is no such world", null, false, false);
        }
    }

    /** A world at work, the order of its commits, and this node's ear for news of it. */
    private record Work(
            LiveWorld world, CommitQueue commits, Bus.Interest interest, AtomicLong checkedNanos) {
        /**
         * Returns whether the store was last asked too long ago for a reader; says so to one of
         * them.
         */
        boolean isDueForCheck(long now, Duration interval) {
            long last = checkedNanos.get();
            return now - last >= interval.toNanos() && checkedNanos.compareAndSet(last, now);
        }
    }

    /**
     * A place for one world: taken at once, so that only those wait for the store who want this
     * world.
     *
     * <p>Whoever uses it notes the time first and looks for the work then; whoever ends it takes
     * the work away first and looks at the time then. So one of them sees the other, and no world
     * is released that somebody has just come for.
     */
    private final class Slot {
        private final WorldId id;
        private final ReentrantLock starting = new ReentrantLock();
        private volatile @Nullable Work work;
        private volatile long usedNanos = scheduler.nanoTime();
        private boolean ended;

        Slot(WorldId id) {
            this.id = id;
        }

        /** Returns the world at work, started if need be; null if this slot has ended. */
        @Nullable Work work(Supplier<JsonObject> seed) {
            Work known = work;
            if (known != null) {
                return known;
            }
            starting.lock();
            try {
                if (work == null && !ended) {
                    work = started(seed);
                }
                return work;
            } finally {
                starting.unlock();
            }
        }

        private Work started(Supplier<JsonObject> seed) {
            LiveWorld world = new LiveWorld(id, store, store.open(id, seed), limits.logDeltas());
            CommitQueue commits =
                    new CommitQueue(
                            world,
                            store,
                            scheduler::unixMillis,
                            deltas -> publish(world, deltas),
                            limits.waiting());
            Bus.Interest interest = bus.listen(id, news -> heard(world, news));
            return new Work(world, commits, interest, new AtomicLong(scheduler.nanoTime()));
        }

        /** Ends this slot if nobody uses it, or whether somebody does or not. */
        void end(boolean always) {
            starting.lock();
            try {
                Work known = work;
                work = null;
                if (!always && !isIdle(known)) {
                    work = known;
                    return;
                }
                ended = true;
                if (known != null) {
                    known.interest().close();
                    store.release(id);
                }
            } finally {
                starting.unlock();
                if (ended) {
                    slots.remove(id, this);
                }
            }
        }

        /** Ends this slot unless somebody has started its world. */
        void abandon() {
            starting.lock();
            try {
                ended = ended || work == null;
            } finally {
                starting.unlock();
                if (ended) {
                    slots.remove(id, this);
                }
            }
        }

        @Nullable LiveWorld inUse() {
            Work known = work;
            return known != null && known.world().isInUse() ? known.world() : null;
        }

        boolean isIdle(@Nullable Work known) {
            boolean used = known != null && known.world().isInUse();
            return !used && scheduler.nanoTime() - usedNanos >= limits.idle().toNanos();
        }
    }
}
