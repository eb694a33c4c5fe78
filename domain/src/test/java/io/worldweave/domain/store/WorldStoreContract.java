package io.worldweave.domain.store;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.impossible;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.putOnce;
import static io.worldweave.domain.store.TestDeltas.putOwn;
import static io.worldweave.domain.store.TestDeltas.run;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of worlds promises. An adapter's test implements it with its own store. */
public interface WorldStoreContract {
    WorldId WORLD = new WorldId.Shared(new ExperienceId("garden"));
    UserId ALICE = new UserId("alice");
    JsonObject SEED = JsonObject.of("season", Json.of("autumn"));
    Supplier<JsonObject> NO_SEED =
            () -> {
                throw new AssertionError("a world that exists needs no seed");
            };

    /** Returns a store without worlds. */
    WorldStore store();

    @Test
    default void aNewWorldIsItsSeedAtRevisionZero() {
        try (WorldStore store = store()) {
            History history = store.open(WORLD, () -> SEED);

            assertThat(head(history).shared().content()).isEqualTo(SEED);
            assertThat(head(history).revision()).isZero();
            assertThat(head(history).players().isEmpty()).isTrue();
            assertThat(store.position(WORLD)).isEqualTo(head(history).position());
        }
    }

    @Test
    default void aWorldIsCreatedOnce() {
        try (WorldStore store = store()) {
            Position position = head(store.open(WORLD, () -> SEED)).position();

            assertThat(head(store.open(WORLD, NO_SEED)).position()).isEqualTo(position);
        }
    }

    @Test
    default void aCommitAtThePresentIsCommitted() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);

            Outcome outcome = store.commit(WORLD, base, List.of(put(0, "gate", Json.of("open"))));

            assertThat(outcome).isEqualTo(new Outcome.Committed(base.at(1)));
            assertThat(store.position(WORLD)).isEqualTo(base.at(1));
            assertThat(head(store.open(WORLD, NO_SEED)).shared().content())
                    .isEqualTo(SEED.with("gate", Json.of("open")));
        }
    }

    @Test
    default void aKeptRevisionCanBeSeenAgain() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, run(0, 5, "gate"));

            for (int revision = 1; revision <= 5; revision++) {
                WorldState state = requireNonNull(store.at(WORLD, revision));
                assertThat(state.position()).isEqualTo(base.at(revision));
                assertThat(state.shared())
                        .isEqualTo(new Document(SEED.with("gate", Json.of(revision)), revision));
            }
            assertThat(store.at(WORLD, 0)).isEqualTo(WorldState.initial(base.epoch(), SEED));
            assertThat(store.at(WORLD, 6)).isNull();
        }
    }

    @Test
    default void whatAuthorsWroteIsKeptBesideWhatIsSeen() {
        JsonObject written = JsonObject.of("world", JsonObject.of("gate", Json.of("oak")));
        Change change = new Change.Add(Part.AUTHORED, Pointer.ROOT, written);
        Delta delta = new Delta(0, new Actor.Service("author"), "author", 1, List.of(change));
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);

            store.commit(WORLD, base, List.of(delta));
            store.release(WORLD);

            WorldState state = head(store.open(WORLD, NO_SEED));
            assertThat(state.authored()).isEqualTo(new Document(written, 1));
            assertThat(state.shared()).isEqualTo(new Document(SEED, 0));
            assertThat(requireNonNull(store.at(WORLD, 1)).authored()).isEqualTo(state.authored());

            store.restart(WORLD, base.at(1), state);
            store.release(WORLD);

            assertThat(head(store.open(WORLD, NO_SEED)).authored())
                    .isEqualTo(new Document(written, 2));
        }
    }

    @Test
    default void aReceiptIsKeptWithItsDeltaAndFoundByItsKey() {
        IdempotencyKey alices = new IdempotencyKey(ALICE, "one");
        IdempotencyKey bobs = new IdempotencyKey(new UserId("bob"), "one");
        Delta delta = putOnce(0, alices, "gate", Json.of("open"));
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, List.of(delta));
            store.commit(WORLD, base.at(1), run(1, 3, "gate"));

            assertThat(store.receipts(WORLD, Set.of(alices, bobs)))
                    .isEqualTo(Map.of(alices, requireNonNull(delta.receipt())));
            assertThat(store.since(WORLD, base))
                    .isEqualTo(new Since.Deltas(concat(List.of(delta), run(1, 3, "gate"))));
        }
    }

    @Test
    default void whatWasNotCommittedLeavesNoReceipt() {
        IdempotencyKey key = new IdempotencyKey(ALICE, "one");
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base.at(4), List.of(putOnce(4, key, "gate", Json.of("open"))));
            store.commit(
                    WORLD, base, List.of(putOnce(0, key, "gate", Json.of("open")), impossible(1)));

            assertThat(store.receipts(WORLD, Set.of(key))).isEmpty();
        }
    }

    @Test
    default void aWorldThatBeginsAnewHasAnotherEpochAndARevisionThatIsNew() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, List.of(put(0, "gate", Json.of(1)), putOwn(1, ALICE, SEED)));
            WorldState restored = requireNonNull(store.at(WORLD, 2));
            store.commit(WORLD, base.at(2), run(2, 3, "gate"));

            Outcome outcome = store.restart(WORLD, base.at(5), restored);

            Position begin = store.position(WORLD);
            assertThat(outcome).isEqualTo(new Outcome.Committed(begin));
            assertThat(begin.epoch()).isNotEqualTo(base.epoch());
            assertThat(begin.revision()).isEqualTo(6);
            assertThat(store.open(WORLD, NO_SEED))
                    .isEqualTo(new History(restored.begunAnew(begin), List.of()));
            assertThat(store.since(WORLD, base.at(5))).isEqualTo(new Since.Gone(begin));
            assertThat(store.at(WORLD, 5)).isNull();
            assertThat(store.commit(WORLD, begin, run(6, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(begin.at(7)));
        }
    }

    @Test
    default void aWorldThatHasMovedDoesNotBeginAnew() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, run(0, 1, "gate"));

            assertThat(store.restart(WORLD, base, WorldState.initial("any", JsonObject.EMPTY)))
                    .isEqualTo(new Outcome.Conflict(base.at(1)));
            assertThat(store.position(WORLD)).isEqualTo(base.at(1));
        }
    }

    @Test
    default void everyWorldIsListedOpenOrNot() {
        ExperienceId garden = new ExperienceId("garden");
        UserId odd = new UserId("üser/../ name".repeat(9));
        List<WorldId> worlds =
                List.of(
                        WORLD,
                        new WorldId.Isolated(garden, ALICE),
                        new WorldId.Profile(ALICE),
                        new WorldId.Isolated(garden, odd),
                        new WorldId.Profile(odd));
        try (WorldStore store = store()) {
            assertThat(store.worlds()).isEmpty();
            worlds.forEach(world -> create(store, world));
            store.release(WORLD);
            store.release(new WorldId.Profile(odd));

            assertThat(store.worlds()).containsExactlyInAnyOrderElementsOf(worlds);
            assertThat(store.worlds()).isSortedAccordingTo(comparing(WorldId::toString));
        }
    }

    @Test
    default void aWorldFromElsewhereComesWithItsHistory() {
        IdempotencyKey key = new IdempotencyKey(ALICE, "one");
        WorldState begin =
                WorldState.initial("elsewhere", SEED).begunAnew(new Position("elsewhere", 40));
        List<Delta> deltas =
                concat(List.of(putOnce(40, key, "gate", Json.of("open"))), run(41, 300, "gate"));
        History history = new History(begin, deltas);
        try (WorldStore store = store()) {
            assertThat(store.adopt(WORLD, history)).isTrue();

            assertThat(head(store.open(WORLD, NO_SEED))).isEqualTo(history.head());
            assertThat(store.since(WORLD, begin.position())).isEqualTo(new Since.Deltas(deltas));
            assertThat(store.receipts(WORLD, Set.of(key))).containsKey(key);
            assertThat(store.commit(WORLD, begin.position().at(341), run(341, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(begin.position().at(342)));
        }
    }

    @Test
    default void aWorldThatIsThereIsNotTakenOver() {
        WorldState other = WorldState.initial("elsewhere", JsonObject.EMPTY);
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            assertThat(store.adopt(WORLD, new History(other, List.of()))).isFalse();
            store.release(WORLD);
            assertThat(store.adopt(WORLD, new History(other, List.of()))).isFalse();

            assertThat(head(store.open(WORLD, NO_SEED)).position()).isEqualTo(base);
        }
    }

    @Test
    default void aSeedThatThrowsLeavesNoWorld() {
        try (WorldStore store = store()) {
            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            store.open(
                                    WORLD,
                                    () -> {
                                        throw new IllegalStateException("no seed");
                                    }));

            assertThat(store.worlds()).isEmpty();
            assertThat(head(store.open(WORLD, () -> SEED)).shared().content()).isEqualTo(SEED);
        }
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    @Test
    default void aCommitAtAnEarlierRevisionConflictsAndChangesNothing() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, run(0, 1, "gate"));

            Outcome outcome = store.commit(WORLD, base, List.of(put(0, "gate", Json.of("mine"))));

            assertThat(outcome).isEqualTo(new Outcome.Conflict(base.at(1)));
            assertThat(sharedOf(store).get("gate")).isEqualTo(Json.of(1));
        }
    }

    @Test
    default void aCommitAheadOfTheWorldConflicts() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);

            Outcome outcome = store.commit(WORLD, base.at(5), run(5, 1, "gate"));

            assertThat(outcome).isEqualTo(new Outcome.Conflict(base));
        }
    }

    @Test
    default void aCommitToAnotherEpochConflicts() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);

            Outcome outcome = store.commit(WORLD, new Position("lost", 0), run(0, 1, "gate"));

            assertThat(outcome).isEqualTo(new Outcome.Conflict(base));
        }
    }

    @Test
    default void aDeltaThatDoesNotApplyIsRejectedAndChangesNothing() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);

            assertThat(store.commit(WORLD, base, List.of(impossible(0))))
                    .isInstanceOf(Outcome.Rejected.class);

            assertThat(store.position(WORLD)).isEqualTo(base);
            assertThat(sharedOf(store)).isEqualTo(SEED);
        }
    }

    @Test
    default void aBatchIsCommittedInOrder() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);

            assertThat(store.commit(WORLD, base, run(0, WorldStore.BATCH_LIMIT, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(WorldStore.BATCH_LIMIT)));

            assertThat(sharedOf(store).get("gate")).isEqualTo(Json.of(WorldStore.BATCH_LIMIT));
        }
    }

    @Test
    default void aBatchOfWhichOneDeltaDoesNotApplyIsRejectedAsAWhole() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            List<Delta> batch = new ArrayList<>(run(0, 2, "gate"));
            batch.add(impossible(2));

            assertThat(store.commit(WORLD, base, batch)).isInstanceOf(Outcome.Rejected.class);

            assertThat(store.position(WORLD)).isEqualTo(base);
            assertThat(sharedOf(store)).isEqualTo(SEED);
            assertThat(store.commit(WORLD, base, run(0, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(1)));
        }
    }

    @Test
    default void aBatchWithAGapOrWithNothingOrTooLongIsTheCallersMistake() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            List<Delta> gap = List.of(put(0, "gate", Json.of(1)), put(2, "gate", Json.of(3)));

            assertThatIllegalArgumentException().isThrownBy(() -> store.commit(WORLD, base, gap));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.commit(WORLD, base, List.of()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            store.commit(WORLD, base, run(0, WorldStore.BATCH_LIMIT + 1, "g")));
            assertThat(store.position(WORLD)).isEqualTo(base);
        }
    }

    @Test
    default void aWorldThatWasNeverOpenedIsTheCallersMistake() {
        try (WorldStore store = store()) {
            assertThatIllegalStateException().isThrownBy(() -> store.position(WORLD));
        }
    }

    @Test
    default void whatWasCommittedSinceIsToldInOrder() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            List<Delta> deltas = run(0, 5, "gate");
            deltas.forEach(delta -> store.commit(WORLD, base.at(delta.base()), List.of(delta)));

            assertThat(store.since(WORLD, base)).isEqualTo(new Since.Deltas(deltas));
            assertThat(store.since(WORLD, base.at(3)))
                    .isEqualTo(new Since.Deltas(deltas.subList(3, 5)));
            assertThat(store.since(WORLD, base.at(5))).isEqualTo(new Since.Deltas(List.of()));
        }
    }

    @Test
    default void aPositionAheadOrOfAnotherEpochIsGone() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, run(0, 2, "gate"));

            assertThat(store.since(WORLD, base.at(3))).isEqualTo(new Since.Gone(base.at(2)));
            assertThat(store.since(WORLD, new Position("lost", 1)))
                    .isEqualTo(new Since.Gone(base.at(2)));
        }
    }

    @Test
    default void aDocumentKeepsTheRevisionThatChangedItLast() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, run(0, 1, "gate"));
            store.commit(WORLD, base.at(1), List.of(putOwn(1, ALICE, SEED)));
            store.commit(WORLD, base.at(2), List.of(putOwn(2, new UserId("bob"), SEED)));

            History history = store.open(WORLD, NO_SEED);

            assertThat(head(history).shared().revision()).isEqualTo(1);
            assertThat(head(history).own(ALICE).revision()).isEqualTo(2);
            assertThat(head(history).own(new UserId("bob")).revision()).isEqualTo(3);
        }
    }

    @Test
    default void worldsAreKeptApart() {
        List<WorldId> worlds = new ArrayList<>(List.of(WORLD));
        for (String name :
                List.of("garden", "alice", "Alice", "..", "a/b", "a%2Fb", "é".repeat(128))) {
            UserId user = new UserId(name);
            worlds.add(new WorldId.Isolated(new ExperienceId("garden"), user));
            worlds.add(new WorldId.Isolated(new ExperienceId("profile"), user));
            worlds.add(new WorldId.Profile(user));
        }
        try (WorldStore store = store()) {
            for (WorldId world : worlds) {
                Position base = create(store, world);
                store.commit(
                        world, base, List.of(put(0, "name", new JsonString(world.toString()))));
            }
            for (WorldId world : worlds) {
                assertThat(head(store.open(world, NO_SEED)).shared().content().text("name"))
                        .isEqualTo(world.toString());
                assertThat(store.position(world).revision()).isEqualTo(1);
            }
        }
    }

    @Test
    default void ofTwoThatRaceFromOneBaseExactlyOneWins() throws Exception {
        int rounds = Boolean.getBoolean("long") ? 10_000 : 1_000;
        try (WorldStore store = store();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Position base = create(store, WORLD);
            CyclicBarrier together = new CyclicBarrier(2);
            for (int round = 0; round < rounds; round++) {
                Position from = base.at(round);
                List<Future<Outcome>> racers = new ArrayList<>();
                for (int racer = 0; racer < 2; racer++) {
                    Delta delta = put(round, "winner", Json.of(racer));
                    racers.add(
                            threads.submit(() -> {
                                together.await();
                                return store.commit(WORLD, from, List.of(delta));
                            }));
                }
                assertThat(List.of(racers.get(0).get(), racers.get(1).get()))
                        .as("round %d", round)
                        .containsExactlyInAnyOrder(
                                new Outcome.Committed(from.at(round + 1)),
                                new Outcome.Conflict(from.at(round + 1)));
            }
            assertThat(store.position(WORLD)).isEqualTo(base.at(rounds));
        }
    }

    @Test
    default void whatIsRetriedAfterLostAnswersOnTwoNodesIsMadeOnce() throws Exception {
        int commands = Boolean.getBoolean("long") ? 10_000 : 1_000;
        try (WorldStore store = store()) {
            RetriedCommands retried = new RetriedCommands(store, WORLD, 5);

            retried.run(commands);

            assertThat(retried.answers()).hasSize(commands).doesNotHaveDuplicates();
            assertThat(store.position(WORLD).revision()).isEqualTo(commands);
        }
    }

    @Test
    default void aReleasedWorldIsWhereItWasWhenItIsOpenedAgain() {
        List<Delta> deltas = run(0, 5, "gate");
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);
            store.commit(WORLD, base, deltas);

            store.release(WORLD);

            assertThat(sharedOf(store)).isEqualTo(SEED.with("gate", Json.of(5)));
            assertThat(store.position(WORLD)).isEqualTo(base.at(5));
            assertThat(store.since(WORLD, base)).isEqualTo(new Since.Deltas(deltas));
            assertThat(store.commit(WORLD, base.at(5), run(5, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(6)));
        }
    }

    @Test
    default void aReleasedWorldThatWasNotOpenedAgainIsTheCallersMistake() {
        try (WorldStore store = store()) {
            Position base = create(store, WORLD);

            store.release(WORLD);

            assertThatIllegalStateException().isThrownBy(() -> store.position(WORLD));
            assertThatIllegalStateException().isThrownBy(() -> store.since(WORLD, base));
            assertThatIllegalStateException()
                    .isThrownBy(() -> store.commit(WORLD, base, run(0, 1, "gate")));
        }
    }

    @Test
    default void releasingAWorldThatIsNotOpenDoesNothing() {
        WorldId other = new WorldId.Profile(ALICE);
        try (WorldStore store = store()) {
            store.release(WORLD);
            Position base = create(store, WORLD);
            store.release(other);
            assertThat(store.position(WORLD)).isEqualTo(base);
            store.release(WORLD);
            store.release(WORLD);

            assertThat(head(store.open(WORLD, NO_SEED)).position()).isEqualTo(base);
        }
    }

    @Test
    default void aCommitThatRacesWithAReleaseIsMadeOrFindsTheWorldNotOpen() throws Exception {
        int rounds = 200;
        try (WorldStore store = store();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Position base = create(store, WORLD);
            CyclicBarrier together = new CyclicBarrier(2);
            int made = 0;
            for (int round = 0; round < rounds; round++) {
                Future<?> releasing =
                        threads.submit(() -> {
                            together.await();
                            store.release(WORLD);
                            return null;
                        });
                Position from = base.at(made);
                together.await();
                try {
                    assertThat(store.commit(WORLD, from, run(made, 1, "gate")))
                            .isEqualTo(new Outcome.Committed(base.at(made + 1)));
                    made++;
                } catch (IllegalStateException _) {
                    // It was released first.
                }
                releasing.get();
                assertThat(head(store.open(WORLD, NO_SEED)).position())
                        .as("round %d", round)
                        .isEqualTo(base.at(made));
            }
        }
    }

    private static Position create(WorldStore store, WorldId world) {
        return head(store.open(world, () -> SEED)).position();
    }

    private static JsonObject sharedOf(WorldStore store) {
        return head(store.open(WORLD, NO_SEED)).shared().content();
    }
}
