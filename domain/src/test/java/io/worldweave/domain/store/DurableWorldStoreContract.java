package io.worldweave.domain.store;

import static io.worldweave.domain.store.TestDeltas.head;
import static io.worldweave.domain.store.TestDeltas.impossible;
import static io.worldweave.domain.store.TestDeltas.put;
import static io.worldweave.domain.store.TestDeltas.putOnce;
import static io.worldweave.domain.store.TestDeltas.putOwn;
import static io.worldweave.domain.store.TestDeltas.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a store of worlds promises over its own end. */
public interface DurableWorldStoreContract extends WorldStoreContract {
    /** Closes the store and opens another one on the same worlds. */
    WorldStore reopen(WorldStore store);

    @Test
    default void whatWasAcknowledgedIsThereAfterReopening() {
        WorldStore before = store();
        Position base = head(before.open(WORLD, () -> SEED)).position();
        for (int i = 0; i < 20; i++) {
            before.commit(WORLD, base.at(i), run(i, 1, "gate"));
        }
        before.commit(WORLD, base.at(20), run(20, 7, "gate"));

        try (WorldStore after = reopen(before)) {
            WorldState state = head(after.open(WORLD, NO_SEED));
            assertThat(state.position()).isEqualTo(base.at(27));
            assertThat(state.shared().content().get("gate")).isEqualTo(Json.of(27));
            assertThat(after.position(WORLD)).isEqualTo(base.at(27));
        }
    }

    @Test
    default void whatAuthorsWroteIsThereAfterReopening() {
        JsonObject written = JsonObject.of("world", SEED);
        Change first = new Change.Add(Part.AUTHORED, Pointer.ROOT, written);
        Change edit = new Change.Add(Part.AUTHORED, Pointer.of("world", "gate"), Json.of("oak"));
        WorldStore before = store();
        Position base = head(before.open(WORLD, () -> SEED)).position();
        before.commit(
                WORLD,
                base,
                List.of(
                        new Delta(
                                0,
                                new Actor.Service("author"),
                                "author",
                                1,
                                List.of(first, edit))));

        try (WorldStore after = reopen(before)) {
            assertThat(head(after.open(WORLD, NO_SEED)).authored())
                    .isEqualTo(
                            new Document(
                                    JsonObject.of("world", SEED.with("gate", Json.of("oak"))), 1));
        }
    }

    @Test
    default void whatWasRefusedIsNotThereAfterReopening() {
        WorldStore before = store();
        Position base = head(before.open(WORLD, () -> SEED)).position();
        before.commit(WORLD, base, List.of(put(0, "gate", Json.of("x")), impossible(1)));
        before.commit(WORLD, base.at(3), run(3, 1, "gate"));

        try (WorldStore after = reopen(before)) {
            assertThat(head(after.open(WORLD, NO_SEED)))
                    .isEqualTo(WorldState.initial(base.epoch(), SEED));
        }
    }

    @Test
    default void aReopenedWorldGoesOnWhereItWas() {
        WorldStore before = store();
        Position base = head(before.open(WORLD, () -> SEED)).position();
        before.commit(WORLD, base, run(0, 3, "gate"));

        try (WorldStore after = reopen(before)) {
            after.open(WORLD, NO_SEED);
            assertThat(after.commit(WORLD, base, run(0, 1, "gate")))
                    .isEqualTo(new Outcome.Conflict(base.at(3)));
            assertThat(after.commit(WORLD, base.at(3), run(3, 1, "gate")))
                    .isEqualTo(new Outcome.Committed(base.at(4)));
        }
    }

    @Test
    default void historyAndDocumentRevisionsSurviveReopening() {
        List<Delta> deltas =
                List.of(
                        put(0, "gate", Json.of(1)),
                        putOwn(1, ALICE, SEED),
                        telling(2),
                        put(3, "gate", Json.of(4)));
        WorldStore before = store();
        Position base = head(before.open(WORLD, () -> SEED)).position();
        before.commit(WORLD, base, deltas);
        WorldState state = head(before.open(WORLD, NO_SEED));

        try (WorldStore after = reopen(before)) {
            assertThat(head(after.open(WORLD, NO_SEED))).isEqualTo(state);
            assertThat(state.own(ALICE).revision()).isEqualTo(3);
            assertThat(state.shared().revision()).isEqualTo(4);
            assertThat(after.since(WORLD, base)).isEqualTo(new Since.Deltas(deltas));
        }
    }

    @Test
    default void receiptsSurviveReopening() {
        IdempotencyKey key = new IdempotencyKey(ALICE, "one");
        Delta delta = putOnce(0, key, "gate", Json.of("open"));
        WorldStore before = store();
        Position base = head(before.open(WORLD, () -> SEED)).position();
        before.commit(WORLD, base, List.of(delta));

        try (WorldStore after = reopen(before)) {
            after.open(WORLD, NO_SEED);
            assertThat(after.receipts(WORLD, Set.of(key))).containsValue(delta.receipt());
        }
    }

    @Test
    default void aWorldThatBeganAnewIsItAfterReopening() {
        WorldStore before = store();
        Position base = head(before.open(WORLD, () -> SEED)).position();
        before.commit(WORLD, base, run(0, 3, "gate"));
        before.restart(WORLD, base.at(3), WorldState.initial("any", SEED));
        Position begin = before.position(WORLD);
        before.commit(WORLD, begin, run(4, 1, "gate"));

        try (WorldStore after = reopen(before)) {
            WorldState state = head(after.open(WORLD, NO_SEED));
            assertThat(state.position()).isEqualTo(begin.at(5));
            assertThat(state.shared().content()).isEqualTo(SEED.with("gate", Json.of(5)));
            assertThat(after.since(WORLD, base.at(3))).isEqualTo(new Since.Gone(begin.at(5)));
        }
    }

    @Test
    default void aWorldFromElsewhereIsThereAfterReopening() {
        WorldStore before = store();
        WorldState begin = WorldState.initial("elsewhere", SEED);
        before.adopt(WORLD, new History(begin, run(0, 3, "gate")));

        try (WorldStore after = reopen(before)) {
            assertThat(after.worlds()).containsExactly(WORLD);
            assertThat(after.open(WORLD, NO_SEED)).isEqualTo(new History(begin, run(0, 3, "gate")));
        }
    }

    /** A delta with all that a delta can hold. */
    private static Delta telling(long base) {
        JsonObject odd =
                JsonObject.of(
                                "text",
                                Json.of("\"\\\n\u0001 é 😀 \u2028"),
                                "number",
                                new JsonNumber(new BigDecimal("-12345678901234567890.123456789")))
                        .with("tiny", new JsonNumber(new BigDecimal("1e-300")))
                        .with("nothing", JsonNull.NULL)
                        .with("empty", JsonArray.EMPTY)
                        .with("", JsonObject.EMPTY)
                        .with("list", new JsonArray(List.of(Json.of(true), Json.of(0.5))))
                        .with(
                                "items",
                                Json.array(
                                        List.of(
                                                JsonObject.of(Json.INSTANCE_ID, Json.of("b/1")),
                                                JsonObject.of(Json.INSTANCE_ID, Json.of("a~2")))));
        return new Delta(
                base,
                Actor.of(new UserId("player@example.com")),
                "command:take",
                1_731_240_000_000L,
                List.of(
                        new Change.Add(Part.SHARED, Pointer.of("odd/~"), odd),
                        new Change.Remove(Part.SHARED, Pointer.of("odd/~", "items", "b/1")),
                        new Change.Replace(
                                Part.SHARED, Pointer.of("odd/~", "list", "0"), JsonNull.NULL),
                        new Change.Remove(Part.own(ALICE), Pointer.of("season"))));
    }
}
