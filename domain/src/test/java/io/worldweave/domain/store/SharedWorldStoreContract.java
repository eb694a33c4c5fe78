package io.worldweave.domain.store;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What a store promises whose worlds several nodes write to, each with a store object of its own.
 */
public interface SharedWorldStoreContract extends DurableWorldStoreContract {
    /** Returns another store on the same worlds; the first stays open. */
    WorldStore another(WorldStore store);

    @Test
    default void whatOneNodeCommitsTheOtherSees() {
        try (WorldStore one = store();
                WorldStore two = another(one)) {
            Position base = head(one.open(WORLD, () -> SEED)).position();
            two.open(WORLD, NO_SEED);
            one.commit(WORLD, base, run(0, 3, "gate"));

            assertThat(two.position(WORLD)).isEqualTo(base.at(3));
            assertThat(two.since(WORLD, base)).isEqualTo(new Since.Deltas(run(0, 3, "gate")));
            assertThat(two.commit(WORLD, base, run(0, 1, "gate")))
                    .isEqualTo(new Outcome.Conflict(base.at(3)));
            assertThat(two.commit(WORLD, base.at(3), run(3, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(4)));
            assertThat(one.position(WORLD)).isEqualTo(base.at(4));
        }
    }

    @Test
    default void whoeverCommitsInTurnIsToldWhatWasMissed() {
        try (WorldStore one = store();
                WorldStore two = another(one)) {
            Position base = head(one.open(WORLD, () -> SEED)).position();
            two.open(WORLD, NO_SEED);
            one.commit(WORLD, base, run(0, 3, "gate"));
            List<Delta> told = new ArrayList<>();

            Outcome outcome =
                    two.commitInTurn(
                            WORLD,
                            base.at(1),
                            missed -> {
                                told.addAll(missed);
                                return run(3, 2, "gate");
                            });

            assertThat(outcome).isEqualTo(new Outcome.Committed(base.at(5)));
            assertThat(told).isEqualTo(run(1, 2, "gate"));
            assertThat(one.since(WORLD, base)).isEqualTo(new Since.Deltas(run(0, 5, "gate")));
        }
    }

    @Test
    default void aTurnInWhichNothingIsDecidedChangesNothing() {
        try (WorldStore store = store()) {
            Position base = head(store.open(WORLD, () -> SEED)).position();
            store.commit(WORLD, base, run(0, 3, "gate"));

            assertThat(store.commitInTurn(WORLD, base, missed -> List.of()))
                    .isEqualTo(new Outcome.Committed(base.at(3)));
            assertThat(store.position(WORLD)).isEqualTo(base.at(3));
        }
    }

    @Test
    default void aTurnWhoseDecisionFailsLeavesTheNextOneItsPlace() {
        try (WorldStore one = store();
                WorldStore two = another(one)) {
            Position base = head(one.open(WORLD, () -> SEED)).position();
            two.open(WORLD, NO_SEED);

            assertThatIllegalStateException()
                    .isThrownBy(() ->
                            one.commitInTurn(
                                    WORLD,
                                    base,
                                    missed -> {
                                        throw new IllegalStateException("cannot decide");
                                    }));
            assertThat(one.commitInTurn(WORLD, base, missed -> List.of(TestDeltas.impossible(0))))
                    .isInstanceOf(Outcome.Rejected.class);

            assertThat(two.commitInTurn(WORLD, base, missed -> run(0, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(1)));
        }
    }

    @Test
    default void whoKnowsAnotherHistoryGetsNoTurn() {
        try (WorldStore one = store();
                WorldStore two = another(one)) {
            Position base = head(one.open(WORLD, () -> SEED)).position();
            two.open(WORLD, NO_SEED);
            one.restart(WORLD, base, WorldState.initial("any", SEED));
            Position begin = one.position(WORLD);

            assertThat(two.commitInTurn(WORLD, base, missed -> run(0, 1, "gate")))
                    .isEqualTo(new Outcome.Conflict(begin));
            assertThat(two.since(WORLD, base)).isEqualTo(new Since.Gone(begin));
            assertThat(head(two.open(WORLD, NO_SEED)).position()).isEqualTo(begin);
            assertThat(two.commitInTurn(WORLD, begin, missed -> run(1, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(begin.at(2)));
        }
    }

    @Test
    default void inTurnNobodyLosesAndEveryDecisionSeesTheLast() throws Exception {
        int each = 50;
        try (WorldStore one = store();
                WorldStore two = another(one);
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Position base = head(one.open(WORLD, () -> SEED)).position();
            two.open(WORLD, NO_SEED);
            one.commit(WORLD, base, List.of(put(0, "count", Json.of(0))));
            AtomicInteger asked = new AtomicInteger();
            List<Future<?>> writers = new ArrayList<>();
            for (WorldStore store : List.of(one, two, one, two)) {
                writers.add(
                        threads.submit(() -> {
                            for (int i = 0; i < each; i++) {
                                count(store, base.at(1), asked);
                            }
                        }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }

            WorldState state = head(one.open(WORLD, NO_SEED));
            assertThat(state.position()).isEqualTo(base.at(1 + 4 * each));
            assertThat(state.shared().content().get("count")).isEqualTo(Json.of(4L * each));
            assertThat(asked).as("decisions").hasValue(4 * each);
        }
    }

    /** Adds one to the count that the last delta set. */
    private static void count(WorldStore store, Position known, AtomicInteger asked) {
        Outcome outcome =
                store.commitInTurn(
                        WORLD,
                        known,
                        missed -> {
                            asked.incrementAndGet();
                            long present = known.revision() + missed.size();
                            return List.of(put(present, "count", Json.of(missed.size() + 1)));
                        });
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    }

    @Test
    default void nodesThatOpenANewWorldTogetherOpenOne() throws Exception {
        try (WorldStore one = store();
                WorldStore two = another(one);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<History> first = threads.submit(() -> one.open(WORLD, () -> SEED));
            Future<History> second = threads.submit(() -> two.open(WORLD, () -> SEED));

            assertThat(head(first.get())).isEqualTo(head(second.get()));
        }
    }
}
