package io.worldweave.domain.live;

import io.worldweave.domain.bus.News;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A world at work on this node: its log, and the streams that are told when the log grows.
 *
 * <p>The log follows the store. News from elsewhere only says that there is something to follow:
 * what continues the log is taken at once, what leaves a gap makes the world ask the store (I1).
 *
 * <p>Thread-safe.
 */
public final class LiveWorld {
    private final WorldId id;
    private final WorldStore store;
    private final WorldLog log;
    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean behind = new AtomicBoolean();

    LiveWorld(WorldId id, WorldStore store, History history, int logLimit) {
        this.id = id;
        this.store = store;
        this.log = new WorldLog(id, history, logLimit);
    }

    public WorldId id() {
        return id;
    }

    public WorldLog log() {
        return log;
    }

    public WorldState head() {
        return log.head();
    }

    /**
     * Runs {@code wake} whenever the log has grown, on the thread that made it grow; {@code wake}
     * must not block. It may run when nothing has changed.
     */
    public void watch(Runnable wake) {
        watchers.add(wake);
    }

    /** Ends what {@link #watch} began with the same object. */
    public void unwatch(Runnable wake) {
        watchers.remove(wake);
    }

    /** Returns how many streams watch this world. */
    public int watcherCount() {
        return watchers.size();
    }

    /** Takes over deltas that were committed from the log's present state on, in order. */
    void committed(List<Delta> deltas) {
        log.append(deltas);
        wakeAll();
    }

    /**
     * Takes news from another node. Does not block.
     *
     * @return whether the store must be asked: then {@link #catchUp} is to be called, on a thread
     *     that may block
     */
    boolean heard(News news) {
        boolean sameHistory = news.epoch().equals(head().position().epoch());
        if (sameHistory && log.append(List.of(news.delta()))) {
            wakeAll();
            return false;
        }
        return behind.compareAndSet(false, true);
    }

    /** Returns whether the store is ahead of the log, or in another epoch. Blocks for the store. */
    boolean isBehind() {
        return !store.position(id).equals(head().position());
    }

    /** Brings the log to where the store is. Blocks for the store. */
    void catchUp() {
        behind.set(false);
        Position from = head().position();
        switch (store.since(id, from)) {
            case Since.Deltas(List<Delta> deltas) -> log.append(deltas);
            case Since.Gone(Position _) ->
                    log.replace(
                            store.open(
                                    id,
                                    () -> {
                                        throw new IllegalStateException(
                                                id + " is gone from the store");
                                    }));
        }
        wakeAll();
    }

    private void wakeAll() {
        watchers.forEach(Runnable::run);
    }
}
