package io.worldweave.domain.turn;

import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The turns that cross nodes: this node's for viewers on others, and those of others for viewers
 * here.
 *
 * <p>Thread-safe.
 */
public final class Relay {
    /** So long the other nodes are waited for that may have a turn. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final TurnBus bus;
    private final Function<WorldId, @Nullable LiveWorld> worlds;
    private final Scheduler scheduler;
    private final Map<Turn, SharedTurn> shared = new ConcurrentHashMap<>();

    /** Two users may ask for one conversation; only its owner gets it. */
    private record Wanted(ConversationId conversation, UserId viewer) {}

    private final Map<Wanted, MirroredTurn> mirrors = new ConcurrentHashMap<>();

    /**
     * @param worlds finds a world for viewers here, or null; may block
     */
    public Relay(TurnBus bus, Function<WorldId, @Nullable LiveWorld> worlds, Scheduler scheduler) {
        this.bus = bus;
        this.worlds = worlds;
        this.scheduler = scheduler;
    }

    /** Returns that of a node without others. */
    static Relay alone(Scheduler scheduler) {
        return new Relay(TurnBus.ALONE, _ -> null, scheduler);
    }

    /** Lets viewers on other nodes have the turn, until it is forgotten. */
    void share(Turn turn, Runnable superseded) {
        SharedTurn share = new SharedTurn(turn, bus, scheduler, superseded);
        shared.put(turn, share);
        share.open();
    }

    /** Ends what {@link #share} began, if it did. */
    void forget(Turn turn) {
        SharedTurn share = shared.remove(turn);
        if (share != null) {
            share.close();
        }
    }

    /** Returns how many turns other nodes can have from here. */
    int sharedCount() {
        return shared.size();
    }

    /** Returns how many turns of other nodes are watched here. */
    int mirrorCount() {
        return mirrors.size();
    }

    /**
     * Returns the turn of that user's conversation which another node has. Blocks while other nodes
     * may answer.
     */
    Turns.Found seek(ConversationId conversation, UserId user, TurnLimits limits) {
        Wanted wanted = new Wanted(conversation, user);
        MirroredTurn mirror =
                new MirroredTurn(conversation, user, bus, scheduler, () -> letGo(wanted));
        MirroredTurn known = mirrors.putIfAbsent(wanted, mirror);
        if (known != null) {
            return known(known);
        }
        try {
            TurnNews answer = mirror.seek(PATIENCE);
            if (answer instanceof TurnNews.Told told) {
                LiveWorld world = worlds.apply(told.turn().world());
                if (world != null) {
                    return new Turns.Found.Latest(mirror.begin(told, world, limits));
                }
            }
            letGo(wanted);
            return answer instanceof TurnNews.Denied
                    ? new Turns.Found.NotYours()
                    : new Turns.Found.Unknown();
        } catch (RuntimeException failure) {
            letGo(wanted);
            throw failure;
        }
    }

    private static Turns.Found known(MirroredTurn mirror) {
        Turn turn = mirror.await();
        return turn == null ? new Turns.Found.Unknown() : new Turns.Found.Latest(turn);
    }

    private void letGo(Wanted wanted) {
        MirroredTurn mirror = mirrors.remove(wanted);
        if (mirror != null) {
            mirror.close();
        }
    }
}
