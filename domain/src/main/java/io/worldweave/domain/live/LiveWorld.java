package io.worldweave.domain.live;

import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
    private final Watchers watchers = new Watchers();
    private final AtomicInteger holders = new AtomicInteger();
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile @Nullable Object content;

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
        return watchers.count();
    }

    /**
     * Returns whether {@link #shows} was called with the same object last, and the world was not
     * begun anew since.
     */
    @SuppressWarnings("ReferenceEquality") // what was read again is to be looked at again
    public boolean isKnownToShow(Object written) {
        return content == written;
    }

    /** Notes the version of what authors wrote that this node has merged into the world. */
    public void shows(Object written) {
        content = written;
    }

    /** Keeps this world at work, watched or not, until {@link #release} is called as often. */
    public void hold() {
        holders.incrementAndGet();
    }

    /** Ends one {@link #hold}. */
    public void release() {
        holders.decrementAndGet();
    }

    /** Returns whether somebody watches or holds this world. */
    boolean isInUse() {
        return watchers.count() > 0 || holders.get() > 0;
    }

    /** Takes over deltas that were committed from {@code base} on, in order. */
    void committed(Position base, List<Delta> deltas) {
        log.append(base.epoch(), deltas);
        watchers.wakeAll();
    }

    /**
     * Takes news from another node. Does not block.
     *
     * @return whether the store must be asked: then {@link #follow} is to be called, on a thread
     *     that may block. True once for all news until it is asked.
     */
    boolean heard(News news) {
        boolean taken =
                switch (news) {
                    case News.Committed committed -> taken(committed);
                    case News.Moved moved -> isKnown(moved);
                    case News.Attended _ -> true;
                };
        return !taken && due.compareAndSet(false, true);
    }

    private boolean taken(News.Committed news) {
        boolean taken = log.append(news.epoch(), List.of(news.delta()));
        if (taken) {
            watchers.wakeAll();
        }
        return taken;
    }

    private boolean isKnown(News.Moved news) {
        Position here = head().position();
        return here.epoch().equals(news.epoch()) && here.revision() >= news.revision();
    }

    /**
     * Brings the log to where the store is, unless another thread is at it. Blocks for the store.
     *
     * @return whether the store was asked
     */
    boolean follow() {
        if (!asking.compareAndSet(false, true)) {
            return false;
        }
        due.set(false);
        try {
            if (!store.position(id).equals(head().position())) {
                catchUp();
            }
            return true;
        } finally {
            asking.set(false);
        }
    }

    /** Brings the log to where the store is. Blocks for the store. */
    void catchUp() {
        Position from = head().position();
        switch (store.since(id, from)) {
            case Since.Deltas(List<Delta> deltas) -> log.append(from.epoch(), deltas);
            case Since.Gone(Position _) -> {
                log.replace(store.open(id, this::gone));
                content = null;
            }
        }
        watchers.wakeAll();
    }

    private JsonObject gone() {
        throw new IllegalStateException(id + " is gone from the store");
    }
}
