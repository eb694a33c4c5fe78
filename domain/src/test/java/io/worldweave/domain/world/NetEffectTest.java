package io.worldweave.domain.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("I6: what waits is squashed to its net effect")
class NetEffectTest {
    private static final UserId ALICE = new UserId("alice");
    private static final Pointer SHELF = Pointer.parse("/shelf/items");
    private static final JsonObject BOTTLE =
            JsonObject.of("instance_id", Json.of("bottle"), "glowing", Json.of(true));

    /** Each seed draws twenty sequences. */
    static LongStream seeds() {
        return RandomWorld.seeds(400);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void itLeadsFromTheFirstStateToTheLast(long seed) {
        RandomWorld random = new RandomWorld(seed);
        for (int i = 0; i < 20; i++) {
            WorldState before = random.state();
            List<Change> touched = new ArrayList<>();
            WorldState after = after(random, before, touched);
            List<Change> net = NetEffect.between(before, after, touched);

            assertThat(contents(applied(before, net))).isEqualTo(contents(after));
            assertThat(net).hasSizeLessThanOrEqualTo(touched.size());
            assertThat(NetEffect.between(before, after, net)).hasSameElementsAs(net);
            assertThat(NetEffect.between(after, after, touched)).isEmpty();
            assertThat(NetEffect.between(after, applied(before, net), touched)).isEmpty();
        }
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    @DisplayName("I7: of some parts it tells of these parts alone, and all about them")
    void ofSomePartsItTellsOfTheseAloneAndAllAboutThem(long seed) {
        RandomWorld random = new RandomWorld(seed);
        WorldState before = random.state();
        List<Change> touched = new ArrayList<>();
        WorldState after = after(random, before, touched);
        for (Part part : RandomWorld.PARTS) {
            List<Change> seen = touched.stream().filter(c -> c.part().equals(part)).toList();
            List<Change> net = NetEffect.between(before, after, seen);

            assertThat(net).allMatch(change -> change.part().equals(part));
            Map<Part, Json> expected = contents(before);
            Json is = contents(after).get(part);
            expected.compute(part, (_, was) -> is);
            assertThat(contents(applied(before, net))).isEqualTo(expected);
        }
    }

    private static WorldState after(RandomWorld random, WorldState before, List<Change> touched) {
        WorldState state = before;
        for (int tries = 1 + random.below(30); tries > 0; tries--) {
            List<Change> changes = new ArrayList<>();
            for (int i = 1 + random.below(2); i > 0; i--) {
                changes.add(random.change(state));
            }
            if (state.apply(delta(state, changes)) instanceof Edit.Applied<WorldState>(var next)) {
                touched.addAll(changes);
                state = next;
            }
        }
        return state;
    }

    @Test
    void takeThenDropComesToNothing() {
        WorldState before = shop();
        List<Change> take =
                List.of(
                        new Change.Remove(Part.SHARED, SHELF.child("bottle")),
                        new Change.Add(
                                Part.own(ALICE), Pointer.parse("/inventory/bottle"), BOTTLE));
        List<Change> drop =
                List.of(
                        new Change.Remove(Part.own(ALICE), Pointer.parse("/inventory/bottle")),
                        new Change.Add(Part.SHARED, SHELF.child("bottle"), BOTTLE));
        WorldState after = applied(applied(before, take), drop);

        assertThat(NetEffect.between(before, after, all(take, drop))).isEmpty();
    }

    @Test
    void changesToOneItemBecomeTheMembersThatDiffer() {
        WorldState before = shop();
        Pointer glowing = SHELF.child("bottle").child("glowing");
        List<Change> flicker =
                List.of(
                        new Change.Replace(Part.SHARED, glowing, Json.of(false)),
                        new Change.Replace(Part.SHARED, glowing, Json.of(true)),
                        new Change.Add(
                                Part.SHARED, SHELF.child("bottle").child("open"), Json.of(true)));

        assertThat(NetEffect.between(before, applied(before, flicker), flicker))
                .containsExactly(flicker.get(2));
    }

    @Test
    void aPlaceWithMoreInnerChangesThanWereMadeToItIsReplaced() {
        WorldState before = shop();
        JsonObject other = JsonObject.of("instance_id", Json.of("bottle"), "open", Json.of(true));
        List<Change> once = List.of(new Change.Replace(Part.SHARED, SHELF.child("bottle"), other));

        assertThat(NetEffect.between(before, applied(before, once), once)).isEqualTo(once);
    }

    @Test
    void whatCameIntoAnArrayByIndexIsFoundWhenTheArrayHasBecomeACollection() {
        WorldState before = shop();
        JsonObject lamp = JsonObject.of("instance_id", Json.of("lamp"));
        List<Change> exchange =
                List.of(
                        new Change.Remove(Part.SHARED, SHELF.child("bottle")),
                        new Change.Add(Part.SHARED, SHELF.child("0"), lamp));
        WorldState after = applied(before, exchange);

        assertThat(NetEffect.between(before, after, exchange))
                .containsExactly(
                        new Change.Remove(Part.SHARED, SHELF.child("bottle")),
                        new Change.Add(Part.SHARED, SHELF.child("lamp"), lamp));
    }

    private static WorldState shop() {
        JsonObject shelf = JsonObject.of("items", Json.array(List.of(BOTTLE)));
        WorldState empty = WorldState.initial("epoch", JsonObject.of("shelf", shelf));
        JsonObject player = JsonObject.of("inventory", Json.array(List.of()));
        return applied(empty, List.of(new Change.Add(Part.own(ALICE), Pointer.ROOT, player)));
    }

    private static List<Change> all(List<Change> first, List<Change> second) {
        List<Change> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static Delta delta(WorldState state, List<Change> changes) {
        return new Delta(state.revision(), new Actor.Service("test"), "test", 0, changes);
    }

    private static WorldState applied(WorldState state, List<Change> changes) {
        if (changes.isEmpty()) {
            return state;
        }
        return switch (state.apply(delta(state, changes))) {
            case Edit.Applied<WorldState> applied -> applied.result();
            case Edit.Refused<WorldState> refused ->
                    throw new AssertionError(refused.rejection().reason());
        };
    }

    private static Map<Part, Json> contents(WorldState state) {
        Map<Part, Json> contents = new LinkedHashMap<>();
        for (Part part : RandomWorld.PARTS) {
            Document document = state.document(part);
            if (document != null) {
                contents.put(part, document.content());
            }
        }
        return contents;
    }
}
