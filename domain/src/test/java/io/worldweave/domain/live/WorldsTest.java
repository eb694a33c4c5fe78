package io.worldweave.domain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.store.ForwardingWorldStore;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.Outcome;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Worlds at work when others fail: no world, watcher or proposal that goes wrong harms another. */
class WorldsTest {
    private static final UserId ALICE = new UserId("alice");
    private static final WorldId SHOP = world("shop");

    private final VirtualScheduler time = new VirtualScheduler();
    private final MemoryWorldStore memory = new MemoryWorldStore();

    private static WorldId world(String name) {
        return new WorldId.Shared(new ExperienceId(name));
    }

    private Worlds worlds(WorldStore store) {
        return new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
    }

    private static Commitment<String> clock(Worlds worlds, LiveWorld world, int value) {
        Change change = new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(value));
        return worlds.commit(
                world, Actor.of(ALICE), _ -> new Proposal<>(List.of(change), "tick", "tock"));
    }

    @Test
    void whoLooksForAWorldMakesNone() {
        Worlds worlds = worlds(memory);

        assertThat(worlds.find(SHOP)).isNull();
        assertThat(worlds.openCount()).isZero();

        LiveWorld made = worlds.open(SHOP, () -> JsonObject.of("clock", Json.of(1)));
        assertThat(made.head().shared().content()).isEqualTo(JsonObject.of("clock", Json.of(1)));
        assertThat(worlds.find(SHOP)).isSameAs(made);
    }

    /** A store whose answers a test can change. */
    private static class Changed extends ForwardingWorldStore {
        Changed(WorldStore store) {
            super(store);
        }
    }

    @Test
    void aWorldThatTheStoreCannotVouchForKeepsNoOtherFromBeingFollowed() {
        WorldId damaged = world("w3");
        boolean[] broken = {false};
        Worlds here =
                worlds(
                        new Changed(memory) {
                            @Override
                            public Position position(WorldId world) {
                                if (broken[0] && world.equals(damaged)) {
                                    throw new StoreUnavailableException(
                                            world + " is damaged", null);
                                }
                                return super.position(world);
                            }
                        });
        Worlds there = worlds(memory);
        List<LiveWorld> followed = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            WorldId id = world("w" + i);
            LiveWorld seen = here.open(id, RandomChanges::world);
            seen.watch(() -> {});
            clock(there, there.open(id, RandomChanges::world), 1);
            if (!id.equals(damaged)) {
                followed.add(seen);
            }
        }
        broken[0] = true;
        advanceThoughTasksFail(Duration.ofSeconds(5));

        assertThat(followed).allSatisfy(world -> assertThat(world.head().revision()).isEqualTo(1));
    }

    /** As a scheduler does that reports what its tasks throw. */
    private void advanceThoughTasksFail(Duration duration) {
        long end = time.nanoTime() + duration.toNanos();
        while (time.nanoTime() < end) {
            try {
                time.advance(Duration.ofNanos(Math.min(100_000_000, end - time.nanoTime())));
            } catch (StoreUnavailableException reported) {
                assertThat(reported).hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void whoeverReadsAWorldThatNobodyWatchesReadsWhatTheStoreHas() {
        Worlds here = worlds(memory);
        Worlds there = worlds(memory);
        here.open(SHOP, RandomChanges::world);
        clock(there, there.open(SHOP, RandomChanges::world), 1);
        time.advance(LiveLimits.DEFAULT.headCheck());

        assertThat(here.open(SHOP, RandomChanges::world).head().revision()).isEqualTo(1);
    }

    @Test
    void aWatcherThatFailsNeitherUndoesACommitNorKeepsItFromOthers() {
        List<News> published = new ArrayList<>();
        Bus bus =
                new Bus() {
                    @Override
                    public void publish(News news) {
                        published.add(news);
                    }

                    @Override
                    public Interest listen(WorldId world, Consumer<News> listener) {
                        return () -> {};
                    }

                    @Override
                    public Interest listen(
                            UserId user,
                            WorldId world,
                            @Nullable EventPosition since,
                            Consumer<Heard> listener) {
                        return () -> {};
                    }

                    @Override
                    public void close() {
                        // nothing to close
                    }
                };
        Worlds worlds = new Worlds(memory, bus, time, LiveLimits.DEFAULT);
        LiveWorld world = worlds.open(SHOP, RandomChanges::world);
        world.watch(() -> {
            throw new IllegalStateException("a stream is broken");
        });

        assertThat(clock(worlds, world, 1)).isInstanceOf(Commitment.Made.class);
        assertThat(published).hasSize(1);
    }

    @Test
    void anErrorInOneProposalIsItsOwnAndHangsNoOther() throws Exception {
        Worlds worlds = worlds(memory);
        LiveWorld world = worlds.open(SHOP, RandomChanges::world);
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first =
                    threads.submit(() ->
                            worlds.commit(
                                    world, Actor.of(ALICE), _ -> decidedLater(deciding, goOn)));
            deciding.await();
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                boolean bad = i % 2 == 0;
                others.add(
                        threads.submit(() ->
                                bad
                                        ? worlds.commit(world, Actor.of(ALICE), _ -> overflow())
                                        : clock(worlds, world, 1)));
            }
            goOn.countDown();
            first.get(10, TimeUnit.SECONDS);
            for (int i = 0; i < others.size(); i++) {
                Future<?> each = others.get(i);
                if (i % 2 == 0) {
                    assertThatThrownBy(() -> each.get(10, TimeUnit.SECONDS))
                            .hasCauseInstanceOf(StackOverflowError.class);
                } else {
                    assertThat(each.get(10, TimeUnit.SECONDS)).isInstanceOf(Commitment.Made.class);
                }
            }
        }
        assertThat(world.head().revision()).isEqualTo(10);
    }

    @Test
    void aDeltaThatTheStoreRefusesFailsAloneHoweverManyWereCommittedTogether() throws Exception {
        Pointer unstorable = Pointer.of("unstorable");
        Worlds worlds =
                worlds(
                        new Changed(memory) {
                            @Override
                            public Outcome commit(
                                    WorldId world, Position base, List<Delta> deltas) {
                                boolean refused =
                                        deltas.stream()
                                                .flatMap(delta -> delta.changes().stream())
                                                .anyMatch(change ->
                                                        change.pointer().equals(unstorable));
                                return refused
                                        ? new Outcome.Rejected(
                                                new Rejection.TooLarge(
                                                        unstorable, "too long a line"))
                                        : super.commit(world, base, deltas);
                            }
                        });
        LiveWorld world = worlds.open(SHOP, RandomChanges::world);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Commitment<String>>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                Pointer pointer = i % 4 == 0 ? unstorable : Pointer.of("clock");
                Change change = new Change.Add(Part.SHARED, pointer, Json.of(i));
                all.add(
                        threads.submit(() -> {
                            go.await();
                            return worlds.commit(
                                    world,
                                    Actor.of(ALICE),
                                    _ -> new Proposal<>(List.of(change), "tick", "tock"));
                        }));
            }
            go.countDown();
            for (int i = 0; i < all.size(); i++) {
                assertThat(all.get(i).get())
                        .isInstanceOf(
                                i % 4 == 0 ? Commitment.Refused.class : Commitment.Made.class);
            }
        }
        assertThat(world.head().revision()).isEqualTo(30);
    }

    @Test
    void whoeverChangesNothingIsAnsweredFromWhatAnotherNodeCommitted() {
        Worlds here = worlds(memory);
        LiveWorld world = here.open(SHOP, RandomChanges::world);
        Worlds elsewhere = worlds(memory);
        clock(elsewhere, elsewhere.open(SHOP, RandomChanges::world), 5);

        Commitment<String> read =
                here.commit(
                        world,
                        Actor.of(ALICE),
                        state -> {
                            String clock = String.valueOf(state.shared().content().get("clock"));
                            return new Proposal<>(List.of(), "look", clock);
                        });

        assertThat(read).isEqualTo(new Commitment.Made<>("5", world.head().position()));
        assertThat(world.head().revision()).isEqualTo(1);
    }

    @Test
    void nobodyIsToldThatThereIsNothingToChangeWhileTheStoreIsUnavailable() {
        Worlds worlds =
                worlds(
                        new Changed(memory) {
                            @Override
                            public Position position(WorldId world) {
                                throw new StoreUnavailableException("the disk failed", null);
                            }
                        });
        LiveWorld world = worlds.open(SHOP, RandomChanges::world);

        assertThatThrownBy(() ->
                        worlds.commit(
                                world,
                                Actor.of(ALICE),
                                _ -> new Proposal<>(List.of(), "look", "as it was")))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void whoeverComesWhileAnotherCommitsIsServedNext() throws Exception {
        Worlds worlds = worlds(memory);
        LiveWorld world = worlds.open(SHOP, RandomChanges::world);
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread first =
                Thread.ofPlatform()
                        .daemon()
                        .start(() ->
                                worlds.commit(
                                        world, Actor.of(ALICE), _ -> decidedLater(deciding, goOn)));
        deciding.await();
        Thread second = Thread.ofPlatform().daemon().start(() -> clock(worlds, world, 1));
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        goOn.countDown();

        assertThat(first.join(Duration.ofSeconds(10))).isTrue();
        assertThat(second.join(Duration.ofSeconds(10))).isTrue();
        assertThat(world.head().revision()).isEqualTo(1);
    }

    /** Says that it decides, and does so when it may go on. */
    private static Proposal<String> decidedLater(CountDownLatch deciding, CountDownLatch goOn) {
        deciding.countDown();
        await(goOn);
        return new Proposal<>(List.of(), "first", "done");
    }

    private static Proposal<String> overflow() {
        throw new StackOverflowError("content that is too deep");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void catchingUpNeverStepsBackBehindWhatWasCommittedMeanwhile() {
        MemoryWorldStore shortMemory = new MemoryWorldStore(2);
        Worlds[] here = {worlds(memory)};
        boolean[] armed = {false};
        WorldStore slow =
                new Changed(shortMemory) {
                    @Override
                    public History open(WorldId world, Supplier<JsonObject> seed) {
                        History history = super.open(world, seed);
                        if (armed[0]) {
                            armed[0] = false;
                            // what another thread does between this answer and its use
                            clock(here[0], here[0].open(SHOP, RandomChanges::world), 77);
                        }
                        return history;
                    }
                };
        here[0] = worlds(slow);
        Worlds there = worlds(shortMemory);
        LiveWorld seen = here[0].open(SHOP, RandomChanges::world);
        List<Long> heads = new ArrayList<>();
        seen.watch(() -> heads.add(seen.head().revision()));
        LiveWorld far = there.open(SHOP, RandomChanges::world);
        for (int i = 0; i < 10; i++) {
            clock(there, far, i);
        }
        armed[0] = true;
        time.advance(LiveLimits.DEFAULT.headCheck().multipliedBy(3));

        assertThat(heads).isSorted().last().isEqualTo(11L);
    }

    @Test
    void aWorldThatIsSlowToOpenHoldsUpNoOther() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Worlds worlds =
                worlds(
                        new Changed(memory) {
                            @Override
                            public History open(WorldId world, Supplier<JsonObject> seed) {
                                if (world.equals(SHOP)) {
                                    opening.countDown();
                                    WorldsTest.await(goOn);
                                }
                                return super.open(world, seed);
                            }
                        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> slow = threads.submit(() -> worlds.open(SHOP, RandomChanges::world));
            opening.await();
            Future<?> others =
                    threads.submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            worlds.open(world("w" + i), RandomChanges::world);
                        }
                    });
            others.get(10, TimeUnit.SECONDS);
            goOn.countDown();
            slow.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aWorldThatIsHeldStaysAtWorkAndOneThatWasJustOpenedToo() {
        Worlds worlds =
                new Worlds(memory, new LocalBus().join(), time, LiveLimits.DEFAULT.withWorlds(2));
        time.advance(Duration.ofHours(1));
        LiveWorld held = worlds.open(world("held"), RandomChanges::world);
        held.hold();
        time.advance(Duration.ofHours(1));
        LiveWorld young = worlds.open(world("young"), RandomChanges::world);

        assertThatThrownBy(() -> worlds.open(SHOP, RandomChanges::world))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(worlds.open(world("held"), RandomChanges::world)).isSameAs(held);
        assertThat(worlds.open(world("young"), RandomChanges::world)).isSameAs(young);
        held.release();
        time.advance(Duration.ofHours(1));
        worlds.open(SHOP, RandomChanges::world);
        assertThat(worlds.openCount()).isLessThanOrEqualTo(2);
    }

    @Test
    void aWorldThatMakesRoomIsReleasedAndComesBackAsItWas() {
        List<WorldId> released = new ArrayList<>();
        WorldStore store =
                new Changed(memory) {
                    @Override
                    public void release(WorldId world) {
                        released.add(world);
                        super.release(world);
                    }
                };
        Worlds worlds =
                new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT.withWorlds(1));
        LiveWorld first = worlds.open(SHOP, RandomChanges::world);
        clock(worlds, first, 7);
        time.advance(Duration.ofHours(1));
        worlds.open(world("other"), RandomChanges::world);
        time.advance(Duration.ofHours(1));

        LiveWorld again = worlds.open(SHOP, RandomChanges::world);

        assertThat(released).containsExactly(SHOP, world("other"));
        assertThat(again).isNotSameAs(first);
        assertThat(again.head()).isEqualTo(first.head());
    }
}
