package io.worldweave.domain.weave;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.RandomChanges;
import io.worldweave.domain.live.View;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The delivery core of one node, in virtual time, with a small world at work. */
final class Node {
    static final WorldId WORLD = new WorldId.Shared(new ExperienceId("shop"));
    static final UserId ALICE = new UserId("alice");
    static final UserId BOB = new UserId("bob");

    final VirtualScheduler time;
    final Worlds worlds;
    final LiveWorld world;
    final Subscriptions subscriptions;

    Node(VirtualScheduler time) {
        this(time, WeaveLimits.DEFAULT);
    }

    Node(VirtualScheduler time, WeaveLimits limits) {
        this(time, new MemoryWorldStore(), new LocalBus().join(), LiveLimits.DEFAULT, limits);
    }

    Node(VirtualScheduler time, WorldStore store, Bus bus, LiveLimits live, WeaveLimits limits) {
        this(time, store, bus, live, limits, RandomChanges::world);
    }

    Node(
            VirtualScheduler time,
            WorldStore store,
            Bus bus,
            LiveLimits live,
            WeaveLimits limits,
            Supplier<JsonObject> seed) {
        this.time = time;
        this.worlds = new Worlds(store, bus, time, live);
        this.world = worlds.open(WORLD, seed);
        this.subscriptions = new Subscriptions(bus, time, limits);
    }

    /** Commits changes as {@code actor} and returns the revision that shows them. */
    long commit(UserId actor, Function<WorldState, List<Change>> decide) {
        Commitment<String> commitment =
                worlds.commit(
                        world,
                        Actor.of(actor),
                        state -> new Proposal<>(decide.apply(state), "test", "done"));
        return ((Commitment.Made<String>) commitment).position().revision();
    }

    long commit(Change... changes) {
        return commit(ALICE, _ -> List.of(changes));
    }

    Subscription watch(UserId viewer, @Nullable Cursor cursor) {
        return watch(new View.World(viewer), cursor);
    }

    Subscription watch(View view, @Nullable Cursor cursor) {
        return open(subscriptions.watch(world, view, cursor, () -> {}));
    }

    Subscription follow(Turn turn, @Nullable Cursor cursor) {
        return open(subscriptions.follow(turn, new View.World(turn.owner()), cursor, () -> {}));
    }

    private static Subscription open(Subscriptions.Opened opened) {
        return ((Subscriptions.Opened.Open) opened).subscription();
    }
}
