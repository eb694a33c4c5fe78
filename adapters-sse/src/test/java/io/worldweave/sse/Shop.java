package io.worldweave.sse;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.View;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.StillTime;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.weave.WeaveLimits;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.Bell;
import io.worldweave.wire.CursorToken;
import io.worldweave.wire.WireVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A world with a clock in it, and its streams; time stands still. */
final class Shop {
    static final UserId ALICE = new UserId("alice");
    static final CursorToken TOKENS =
            new CursorToken("a key for these tests".getBytes(StandardCharsets.UTF_8));
    static final EventText TEXT = new EventText(WireVersion.DEFAULT, TOKENS);

    final StillTime time = new StillTime();
    final Worlds worlds =
            new Worlds(new MemoryWorldStore(), new LocalBus().join(), time, LiveLimits.DEFAULT);
    final LiveWorld world =
            worlds.open(
                    new WorldId.Shared(new ExperienceId("shop")),
                    () -> JsonObject.of("clock", Json.of("0")));
    final Subscriptions subscriptions =
            new Subscriptions(new LocalBus().join(), time, WeaveLimits.DEFAULT);

    /** Commits another text on the clock and returns the revision that shows it. */
    long setClock(String text) {
        return commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(text)));
    }

    long commit(Change change) {
        worlds.commit(
                world, Actor.of(ALICE), state -> new Proposal<>(List.of(change), "test", "done"));
        return world.head().revision();
    }

    Turn turn() {
        return TestTurns.begin(world, ALICE, time, TurnLimits.DEFAULT);
    }

    Subscription watch(Runnable wake) {
        return opened(subscriptions.watch(world, new View.World(ALICE), null, wake));
    }

    Subscription follow(Turn turn, Runnable wake) {
        return opened(subscriptions.follow(turn, new View.World(ALICE), null, wake));
    }

    /** Opens a stream of the world that nobody writes yet. */
    EventStream stream() {
        Bell bell = new Bell();
        return new EventStream(watch(bell), bell, TEXT);
    }

    private static Subscription opened(Subscriptions.Opened opened) {
        return ((Subscriptions.Opened.Open) opened).subscription();
    }
}
