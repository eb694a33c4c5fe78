package io.worldweave.domain.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.View;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.weave.WeaveLimits;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AuthorsTest {
    private static final WorldId WORLD = new WorldId.Shared(Shop.ID);
    private static final Pointer TIME = Pointer.of("time_of_day");

    private final VirtualScheduler time = new VirtualScheduler();
    private final WorldStore store = new MemoryWorldStore();
    private final LocalBus bus = new LocalBus();
    private final List<Merge> told = new ArrayList<>();
    private final Experience first = Shop.experience(Shop.authored());
    private final Experience edited =
            Shop.experience(Shop.with(Shop.authored(), TIME, Json.of("dawn")));
    private Worlds worlds = node();
    private Authors authors = authors(worlds);

    private Worlds node() {
        return new Worlds(store, bus.join(), time, LiveLimits.DEFAULT);
    }

    private Authors authors(Worlds of) {
        return new Authors(of, (_, _, merge) -> told.add(merge));
    }

    private void restart() {
        worlds.close();
        worlds = node();
        authors = authors(worlds);
    }

    private static Json timeIn(LiveWorld world) {
        return Objects.requireNonNull(TIME.in(world.head().shared().content()));
    }

    private void commit(LiveWorld world, Change... changes) {
        worlds.commit(
                world, Actor.of(Shop.ALICE), _ -> new Proposal<>(List.of(changes), "test", ""));
    }

    @Test
    void aNewWorldRemembersWhatItsAuthorsWrote() {
        LiveWorld world = authors.open(first, WORLD);

        assertThat(world.head().shared().content()).isEqualTo(Shop.authored().completed());
        assertThat(Objects.requireNonNull(world.head().authored()).content())
                .isEqualTo(Shop.authored().document());
        assertThat(told).isEmpty();
    }

    @Test
    void anEditIsOneDeltaThatIsMadeOnce() {
        LiveWorld world = authors.open(first, WORLD);
        long before = world.head().revision();

        authors.merge(edited, world);
        authors.merge(edited, world);
        authors.merge(Shop.experience(Shop.with(Shop.authored(), TIME, Json.of("dawn"))), world);

        assertThat(timeIn(world)).isEqualTo(Json.of("dawn"));
        assertThat(world.head().revision()).isEqualTo(before + 1);
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Merge.Made.class,
                        made ->
                                assertThat(made.changes())
                                        .containsExactly(
                                                new Change.Replace(
                                                        Part.SHARED, TIME, Json.of("dawn"))));
    }

    @Test
    void whoeverComesWithAnEarlierVersionDoesNotTakeTheEditBack() {
        LiveWorld world = authors.open(first, WORLD);
        Authors present = new Authors(worlds, _ -> edited, (_, _, merge) -> told.add(merge));

        present.merge(edited, world);
        present.open(first, WORLD);

        assertThat(timeIn(world)).isEqualTo(Json.of("dawn"));
        assertThat(told).hasSize(1);
    }

    @Test
    void anEarlierVersionThatWasDecidedOnLateIsNotMerged() {
        LiveWorld world = authors.open(edited, WORLD);
        Iterator<Experience> versions = List.of(first, edited).iterator();
        Authors late = new Authors(worlds, _ -> versions.next(), (_, _, merge) -> told.add(merge));

        late.merge(first, world);

        assertThat(timeIn(world)).isEqualTo(Json.of("dawn"));
        assertThat(told).isEmpty();
    }

    @Test
    void anEditThatIsTakenBackIsMergedToo() {
        LiveWorld world = authors.open(first, WORLD);

        authors.merge(edited, world);
        assertThat(Objects.requireNonNull(world.head().authored()).content())
                .isEqualTo(Authored.of(edited).document());
        authors.merge(first, world);

        assertThat(timeIn(world)).isEqualTo(Json.of("dusk"));
    }

    @Test
    void whatCollidedIsToldOnceAndNotTriedAgain() {
        LiveWorld world = authors.open(first, WORLD);
        commit(world, new Change.Replace(Part.SHARED, TIME, Json.of("night")));

        authors.merge(edited, world);
        restart();
        world = authors.open(edited, WORLD);

        assertThat(timeIn(world)).isEqualTo(Json.of("night"));
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Merge.Made.class, made -> assertThat(made.collisionCount()).isEqualTo(1));
    }

    @Test
    void anEditThatWasMadeWhileNobodyServedIsMergedAtTheNextOpening() {
        commit(
                authors.open(first, WORLD),
                new Change.Remove(Part.SHARED, Shop.SHELF.child("bottle_1")));
        restart();

        LiveWorld world = authors.open(edited, WORLD);

        assertThat(timeIn(world)).isEqualTo(Json.of("dawn"));
        assertThat(Shop.SHELF.child("bottle_1").in(world.head().shared().content()))
                .as("what was taken is not back")
                .isNull();
    }

    @Test
    void aSecondNodeFindsTheEditMade() {
        LiveWorld world = authors.open(first, WORLD);
        Worlds second = node();
        Authors there = authors(second);
        LiveWorld seen = there.open(first, WORLD);

        authors.merge(edited, world);
        there.merge(edited, seen);
        time.advance(Duration.ofSeconds(10));

        assertThat(timeIn(seen)).isEqualTo(Json.of("dawn"));
        assertThat(seen.head().position()).isEqualTo(world.head().position());
        assertThat(told).hasSize(1);
    }

    @Test
    void aWorldFromBeforeThatWasPlayedTakesThePresentFilesAsTheyAre() {
        LiveWorld world = worlds.open(WORLD, () -> Shop.authored().completed());
        commit(world, new Change.Remove(Part.SHARED, Shop.SHELF.child("bottle_1")));

        authors.open(edited, WORLD);

        assertThat(timeIn(world)).isEqualTo(Json.of("dusk"));
        assertThat(Objects.requireNonNull(world.head().authored()).content())
                .isEqualTo(Authored.of(edited).document());
    }

    @Test
    void aWorldInWhichNothingWasDoneBeginsAsItIsWrittenNow() {
        LiveWorld world = worlds.open(WORLD, () -> Shop.authored().completed());

        authors.open(edited, WORLD);

        assertThat(timeIn(world)).isEqualTo(Json.of("dawn"));
    }

    @Test
    void aResetBeginsWithWhatIsWrittenAndTheNextEditCounts() {
        LiveWorld world = authors.open(first, WORLD);
        Position begin = worlds.restart(world, Authored.beginning(edited));
        assertThat(timeIn(world)).isEqualTo(Json.of("dawn"));

        authors.merge(Shop.experience(Shop.with(Shop.authored(), TIME, Json.of("noon"))), world);

        assertThat(timeIn(world)).isEqualTo(Json.of("noon"));
        assertThat(world.head().revision()).isEqualTo(begin.revision() + 1);
    }

    @Test
    void aWorldThatIsRestoredIsBroughtUpToDateWhenItIsNextOpened() {
        LiveWorld world = authors.open(first, WORLD);
        WorldState backup = world.head();
        authors.merge(edited, world);

        worlds.restart(world, backup);
        assertThat(timeIn(world)).isEqualTo(Json.of("dusk"));
        authors.open(edited, WORLD);

        assertThat(timeIn(world)).isEqualTo(Json.of("dawn"));
    }

    @Test
    void nobodySeesWhatAWorldRemembersOfItsAuthors() {
        LiveWorld world = authors.open(first, WORLD);
        Subscriptions subscriptions =
                new Subscriptions(new LocalBus().join(), time, WeaveLimits.DEFAULT);
        Subscription stream =
                ((Subscriptions.Opened.Open)
                                subscriptions.watch(
                                        world, new View.World(Shop.ALICE), null, () -> {}))
                        .subscription();
        assertThat(stream.poll()).isInstanceOf(Frame.Snapshot.class);

        authors.merge(edited, world);
        authors.merge(
                Shop.experience(
                        Shop.with(
                                Shop.with(Shop.authored(), TIME, Json.of("dawn")),
                                "lamp",
                                "price",
                                Json.of(3))),
                world);

        assertThat(stream.poll())
                .isInstanceOfSatisfying(
                        Frame.WorldUpdate.class,
                        update ->
                                assertThat(update.projection().changes())
                                        .extracting(Change::part)
                                        .containsOnly(Part.SHARED));
    }

    @Test
    void anEditThatTouchesVeryManyPlayersIsMadeInSeveralSteps() {
        LiveWorld world = authors.open(first, WORLD);
        List<UserId> users = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            users.add(new UserId("user" + i));
        }
        commit(
                world,
                users.stream()
                        .map(user -> new Change.Add(Part.own(user), Pointer.ROOT, carrying()))
                        .toArray(Change[]::new));
        Experience other =
                Shop.experience(Shop.with(Shop.authored(), "lamp", "name", Json.of("torch")));

        authors.merge(other, world);

        for (UserId user : users) {
            JsonObject own = Objects.requireNonNull(world.head().own(user)).content();
            assertThat(Pointer.of("inventory", "lamp_9", "name").in(own))
                    .isEqualTo(Json.of("torch"));
        }
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Merge.Made.class,
                        made -> assertThat(made.changes()).hasSizeGreaterThanOrEqualTo(4_000));
    }

    private static JsonObject carrying() {
        return JsonObject.of(
                "inventory", Json.array(List.of(Shop.authored().given("lamp_9", "lamp"))));
    }
}
