package io.worldweave.domain.live;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The worlds at work on this node: opened when first needed, kept abreast of the store, told to the
 * other nodes.
 *
 * <p>Thread-safe. What touches the store blocks until it answers and throws {@link
 * StoreUnavailableException} when it does not.
 */
public final class Worlds implements AutoCloseable {
    private final WorldStore store;
    private final Bus bus;
    private final Scheduler scheduler;
    private final LiveLimits limits;
    private final Map<WorldId, Open> open = new ConcurrentHashMap<>();
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
     * begins with.
     */
    public LiveWorld open(WorldId id, Supplier<JsonObject> seed) {
        return opened(id, seed).world;
    }

    /**
     * Commits what {@code decide} proposes for the world's present state. It is called again if
     * another commit came first, and does nothing but decide.
     */
    public <R> Commitment<R> commit(
            LiveWorld world, Actor actor, Function<WorldState, Proposal<R>> decide) {
        Open at = opened(world.id(), () -> world.head().shared().content());
        return at.commits.submit(actor, decide);
    }

    /** Returns how many worlds are at work. */
    public int openCount() {
        return open.size();
    }

    /** Lets go of every world; later calls find the store unavailable. */
    @Override
    public void close() {
        closed = true;
        open.keySet().forEach(this::release);
    }

    private Open opened(WorldId id, Supplier<JsonObject> seed) {
        if (closed) {
            throw new StoreUnavailableException("the service is stopping", null);
        }
        Open found = open.get(id);
        if (found == null) {
            if (open.size() >= limits.worlds()) {
                makeRoom();
            }
            found = open.computeIfAbsent(id, absent -> start(absent, seed));
        }
        found.usedNanos = scheduler.nanoTime();
        return found;
    }

    private Open start(WorldId id, Supplier<JsonObject> seed) {
        LiveWorld world = new LiveWorld(id, store, store.open(id, seed), limits.logDeltas());
        CommitQueue commits =
                new CommitQueue(
                        world, store, scheduler::unixMillis, deltas -> publish(world, deltas));
        return new Open(world, commits, bus.listen(id, news -> heard(world, news)));
    }

    private void publish(LiveWorld world, List<Delta> deltas) {
        String epoch = world.head().position().epoch();
        deltas.forEach(delta -> bus.publish(new News(world.id(), epoch, delta)));
    }

    private void heard(LiveWorld world, News news) {
        if (world.heard(news)) {
            scheduler.after(Duration.ZERO, world::catchUp);
        }
    }

    /**
     * Makes room for one more world; a limit that is full of watched worlds is a reason to refuse.
     */
    private void makeRoom() {
        long longAgo = scheduler.nanoTime() - limits.idle().toNanos();
        open.forEach((id, at) -> {
            if (at.world.watcherCount() == 0 && at.usedNanos - longAgo < 0) {
                release(id);
            }
        });
        if (open.size() >= limits.worlds()) {
            throw new StoreUnavailableException(
                    "this node has its limit of " + limits.worlds() + " worlds at work", null);
        }
    }

    private void release(WorldId id) {
        Open at = open.remove(id);
        if (at != null) {
            at.interest.close();
        }
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
        tendLater();
        for (Open at : open.values()) {
            if (at.world.watcherCount() > 0 && at.world.isBehind()) {
                at.world.catchUp();
            }
        }
    }

    /** Nodes that started together do not ask the store together. */
    private Duration jittered(Duration interval) {
        long spread = Math.max(1, interval.toNanos() / 5);
        return interval.plusNanos(
                Math.floorMod(
                        System.identityHashCode(this) * 7919L + scheduler.nanoTime(), spread));
    }

    /** A world at work, the order of its commits, and this node's ear for news of it. */
    private static final class Open {
        private final LiveWorld world;
        private final CommitQueue commits;
        private final Bus.Interest interest;
        private volatile long usedNanos;

        Open(LiveWorld world, CommitQueue commits, Bus.Interest interest) {
            this.world = world;
            this.commits = commits;
            this.interest = interest;
        }
    }
}
