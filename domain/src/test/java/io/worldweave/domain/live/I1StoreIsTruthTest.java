package io.worldweave.domain.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.ForwardingBus;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.bus.SeededBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * I1 Store is truth, bus is a hint: a bad bus costs time, never an event, and no commit waits for
 * it.
 */
class I1StoreIsTruthTest {
    private static final WorldId WORLD = new WorldId.Shared(new ExperienceId("shop"));
    private static final UserId ALICE = new UserId("alice");

    private static Commitment<String> tick(Worlds worlds, LiveWorld world) {
        return worlds.commit(
                world,
                Actor.of(ALICE),
                state -> {
                    long next =
                            Long.parseLong(state.shared().content().get("clock").toString()) + 1;
                    Change change =
                            new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(next));
                    return new Proposal<>(List.of(change), "tick", "tock");
                });
    }

    @Test
    void nodesThatHearEverythingWrongEndWithWhatTheStoreHas() {
        Seeded.times(100, this::playOnThreeNodes);
    }

    private void playOnThreeNodes(Random random) {
        VirtualScheduler time = new VirtualScheduler();
        MemoryWorldStore store = new MemoryWorldStore();
        SeededBus bus = new SeededBus(random, time, 30, 30, Duration.ofMillis(400));
        List<Worlds> nodes = new ArrayList<>();
        List<LiveWorld> worlds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Worlds node = new Worlds(store, bus.join(), time, LiveLimits.DEFAULT);
            LiveWorld world = node.open(WORLD, RandomChanges::world);
            world.watch(() -> {});
            nodes.add(node);
            worlds.add(world);
        }
        for (int i = 0; i < 300; i++) {
            int node = random.nextInt(3);
            assertThat(tick(nodes.get(node), worlds.get(node))).isInstanceOf(Commitment.Made.class);
            time.advance(Duration.ofMillis(random.nextInt(20)));
        }
        time.advance(Duration.ofSeconds(3));

        for (LiveWorld world : worlds) {
            assertThat(world.head().revision()).isEqualTo(300);
            assertThat(world.head().shared().content().get("clock")).isEqualTo(Json.of(300));
        }
    }

    @Test
    void aNodeThatHearsNothingComparesHeadsOnASchedule() {
        VirtualScheduler time = new VirtualScheduler();
        MemoryWorldStore store = new MemoryWorldStore();
        Worlds here = new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
        Worlds there = new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
        LiveWorld seen = here.open(WORLD, RandomChanges::world);
        int[] woken = {0};
        seen.watch(() -> woken[0]++);
        tick(there, there.open(WORLD, RandomChanges::world));

        assertThat(seen.head().revision()).isZero();
        time.advance(LiveLimits.DEFAULT.headCheck().multipliedBy(2));

        assertThat(seen.head().revision()).isEqualTo(1);
        assertThat(woken[0]).isEqualTo(1);
    }

    @Test
    void newsOfRevisionSevenAfterFiveFetchesSixFromTheStore() {
        VirtualScheduler time = new VirtualScheduler();
        MemoryWorldStore store = new MemoryWorldStore();
        List<News> published = new ArrayList<>();
        LocalBus bus = new LocalBus();
        Worlds here = new Worlds(store, bus.join(), time, LiveLimits.DEFAULT);
        LiveWorld seen = here.open(WORLD, RandomChanges::world);
        Bus tap = new LocalBus().join();
        Worlds there = new Worlds(store, recording(tap, published), time, LiveLimits.DEFAULT);
        LiveWorld written = there.open(WORLD, RandomChanges::world);
        for (int i = 0; i < 7; i++) {
            tick(there, written);
        }
        Bus publisher = bus.join();
        published.subList(0, 5).forEach(publisher::publish);
        assertThat(seen.head().revision()).isEqualTo(5);

        publisher.publish(published.get(6));
        time.runDue();

        assertThat(seen.head().revision()).isEqualTo(7);
    }

    @Test
    void newsOfADeltaThatIsTooLongToBeToldFetchesItFromTheStore() {
        VirtualScheduler time = new VirtualScheduler();
        MemoryWorldStore store = new MemoryWorldStore();
        LocalBus bus = new LocalBus();
        Worlds here = new Worlds(store, bus.join(), time, LiveLimits.DEFAULT);
        LiveWorld seen = here.open(WORLD, RandomChanges::world);
        Worlds there = new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
        tick(there, there.open(WORLD, RandomChanges::world));

        bus.join().publish(new News.Moved(WORLD, seen.head().position().epoch(), 1));
        time.runDue();

        assertThat(seen.head().revision()).isEqualTo(1);
    }

    private static Bus recording(Bus bus, List<News> published) {
        return new ForwardingBus(bus) {
            @Override
            public void publish(News news) {
                published.add(news);
                super.publish(news);
            }
        };
    }

    @Test
    void nothingIsPublishedOrShownThatTheStoreDidNotTake() {
        MemoryWorldStore store = new MemoryWorldStore();
        List<News> published = new ArrayList<>();
        Worlds worlds =
                new Worlds(
                        store,
                        recording(new LocalBus().join(), published),
                        new VirtualScheduler(),
                        LiveLimits.DEFAULT);
        LiveWorld world = worlds.open(WORLD, RandomChanges::world);
        store.away(true);

        assertThatThrownBy(() -> tick(worlds, world)).isInstanceOf(StoreUnavailableException.class);

        assertThat(published).isEmpty();
        assertThat(world.head().revision()).isZero();
        store.away(false);
        tick(worlds, world);
        assertThat(world.head().revision()).isEqualTo(1);
        assertThat(published).hasSize(1);
    }

    @Test
    void commitsThatComeTogetherAllCountAndEachSeesTheOneBefore() throws Exception {
        MemoryWorldStore store = new MemoryWorldStore();
        VirtualScheduler time = new VirtualScheduler();
        LocalBus bus = new LocalBus();
        Worlds here = new Worlds(store, bus.join(), time, LiveLimits.DEFAULT);
        Worlds there = new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
        List<LiveWorld> worlds =
                List.of(
                        here.open(WORLD, RandomChanges::world),
                        there.open(WORLD, RandomChanges::world));
        CountDownLatch go = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Commitment<String>>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int node = i % 2;
                all.add(
                        threads.submit(() -> {
                            go.await();
                            return tick(node == 0 ? here : there, worlds.get(node));
                        }));
            }
            go.countDown();
            List<Long> revisions = new ArrayList<>();
            for (Future<Commitment<String>> each : all) {
                revisions.add(((Commitment.Made<String>) each.get()).position().revision());
            }
            assertThat(revisions).doesNotHaveDuplicates().hasSize(400);
        }
        assertThat(store.position(WORLD).revision()).isEqualTo(400);
    }

    @Test
    void aProposalThatFailsHarmsNoOtherInItsBatch() {
        Worlds worlds =
                new Worlds(
                        new MemoryWorldStore(),
                        new LocalBus().join(),
                        new VirtualScheduler(),
                        LiveLimits.DEFAULT);
        LiveWorld world = worlds.open(WORLD, RandomChanges::world);
        assertThatThrownBy(() ->
                        worlds.commit(
                                world,
                                Actor.of(ALICE),
                                _ -> {
                                    throw new IllegalStateException("mistake");
                                }))
                .hasMessage("mistake");
        Commitment<String> refused =
                worlds.commit(
                        world,
                        Actor.of(ALICE),
                        _ ->
                                new Proposal<>(
                                        List.of(
                                                new Change.Remove(
                                                        Part.SHARED, Pointer.of("nowhere"))),
                                        "x",
                                        "y"));

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Commitment.Refused.class,
                        refusal ->
                                assertThat(refusal.rejection().pointer())
                                        .isEqualTo(Pointer.of("nowhere")));
        assertThat(world.head().shared().content()).isEqualTo(RandomChanges.world());
        assertThat(tick(worlds, world)).isInstanceOf(Commitment.Made.class);
    }

    @Test
    void aRestartBeginsWithTheHistoryThatTheStoreKept() {
        MemoryWorldStore store = new MemoryWorldStore();
        Worlds before =
                new Worlds(
                        store, new LocalBus().join(), new VirtualScheduler(), LiveLimits.DEFAULT);
        LiveWorld world = before.open(WORLD, RandomChanges::world);
        for (int i = 0; i < 5; i++) {
            tick(before, world);
        }
        before.close();
        Worlds after =
                new Worlds(
                        store.reopened(),
                        new LocalBus().join(),
                        new VirtualScheduler(),
                        LiveLimits.DEFAULT);

        LiveWorld again =
                after.open(
                        WORLD,
                        () -> {
                            throw new AssertionError("a world that is there is not seeded");
                        });

        assertThat(again.head()).isEqualTo(world.head());
        assertThat(again.log().reaches(world.head().position().at(2))).isTrue();
    }

    @Test
    void worldsThatNobodyWatchesMakeRoomAndWatchedOnesStay() {
        VirtualScheduler time = new VirtualScheduler();
        Worlds worlds =
                new Worlds(
                        new MemoryWorldStore(),
                        new LocalBus().join(),
                        time,
                        LiveLimits.DEFAULT.withWorlds(2));
        ExperienceId shop = new ExperienceId("shop");
        LiveWorld first =
                worlds.open(new WorldId.Isolated(shop, new UserId("u1")), () -> JsonObject.EMPTY);
        first.watch(() -> {});
        worlds.open(new WorldId.Isolated(shop, new UserId("u2")), () -> JsonObject.EMPTY);
        assertThatThrownBy(() ->
                        worlds.open(
                                new WorldId.Isolated(shop, new UserId("u3")),
                                () -> JsonObject.EMPTY))
                .isInstanceOf(StoreUnavailableException.class);
        time.advance(Duration.ofMinutes(2));

        worlds.open(new WorldId.Isolated(shop, new UserId("u3")), () -> JsonObject.EMPTY);

        assertThat(worlds.openCount()).isEqualTo(2);
        assertThat(worlds.open(first.id(), () -> JsonObject.EMPTY)).isSameAs(first);
    }
}
