package io.worldweave.domain.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Difference;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What holds of every merge, whatever authors wrote and players did. */
class WorldMergePropertyTest {
    private static final int RUNS = 400;
    private static final List<String> AREAS = List.of("shelf", "window", "attic");
    private static final List<String> MEMBERS = List.of("name", "colour", "state");

    @Test
    void withoutEditsNothingChangesWhateverPlayersDid() {
        Seeded.times(
                RUNS,
                random -> {
                    WorldState live = played(random, Shop.played());
                    WorldMerge.Merged merged =
                            WorldMerge.of(Shop.authored(), Shop.authored(), live);
                    assertThat(changes(live, merged)).isEmpty();
                    assertThat(merged.collisionCount()).isZero();
                });
    }

    @Test
    void inAWorldThatNobodyChangedAllIsAsTheAuthorsWriteIt() {
        Seeded.times(
                RUNS,
                random -> {
                    Authored base = edited(random, Shop.authored());
                    Authored mine = edited(random, base);
                    WorldMerge.Merged merged = WorldMerge.of(base, mine, Shop.begun(base));
                    assertThat(merged.documents().get(Part.SHARED)).isEqualTo(mine.completed());
                    assertThat(merged.collisions()).isEmpty();
                });
    }

    @Test
    void nothingThatPlayersDidIsUndone() {
        Seeded.times(
                RUNS,
                random -> {
                    Authored mine = edited(random, Shop.authored());
                    WorldState before = Shop.played();
                    WorldState live = played(random, before);
                    WorldMerge.Merged merged = WorldMerge.of(Shop.authored(), mine, live);
                    assertPlayersKeep(before, live, after(live, merged));
                });
    }

    @Test
    void whatTheAuthorsWantIsThereOrReported() {
        Seeded.times(
                RUNS,
                random -> {
                    Authored base = Shop.authored();
                    Authored mine = edited(random, base);
                    WorldState live = played(random, Shop.played());
                    WorldMerge.Merged merged = WorldMerge.of(base, mine, live);
                    if (merged.collisionCount() == 0) {
                        assertEditsAreThere(base, mine, after(live, merged));
                    }
                });
    }

    @Test
    void theSecondTimeChangesNothing() {
        Seeded.times(
                RUNS,
                random -> {
                    Authored mine = edited(random, Shop.authored());
                    WorldState live = played(random, Shop.played());
                    WorldMerge.Merged once = WorldMerge.of(Shop.authored(), mine, live);
                    WorldState after = after(live, once);
                    assertThat(changes(after, WorldMerge.of(mine, mine, after))).isEmpty();
                    WorldMerge.Merged again = WorldMerge.of(Shop.authored(), mine, live);
                    assertThat(again.documents()).isEqualTo(once.documents());
                    assertThat(again.collisions()).isEqualTo(once.collisions());
                });
    }

    @Test
    void noThingIsLostOrDoubled() {
        Seeded.times(
                RUNS,
                random -> {
                    Authored mine = edited(random, Shop.authored());
                    WorldState live = played(random, Shop.played());
                    Things after = things(after(live, WorldMerge.of(Shop.authored(), mine, live)));
                    Set<String> kept =
                            things(live).ids().stream()
                                    .filter(id -> isPlayersAlone(id) || isIn(mine, id))
                                    .collect(Collectors.toSet());
                    assertThat(after.ids()).containsAll(kept);
                    for (String id : after.ids()) {
                        assertThat(after.all(id)).as(id).hasSize(1);
                    }
                });
    }

    private static boolean isPlayersAlone(String id) {
        return id.startsWith("spawned");
    }

    private static boolean isIn(Authored authored, String id) {
        return !new Things().add(Part.SHARED, authored.world()).all(id).isEmpty();
    }

    private static Things things(WorldState state) {
        Things things = new Things().add(Part.SHARED, state.shared().content());
        return things.add(
                Part.own(Shop.ALICE), Objects.requireNonNull(state.own(Shop.ALICE)).content());
    }

    /** What a player's action changed, at its place or in the thing, is as the player left it. */
    private static void assertPlayersKeep(WorldState before, WorldState live, WorldState after) {
        Things earlier = things(before);
        Things then = things(live);
        Things now = things(after);
        for (String id : then.ids()) {
            Things.Found played = Objects.requireNonNull(then.first(id));
            Things.Found was = earlier.first(id);
            boolean moved = was == null || !was.place().equals(played.place());
            if (moved) {
                assertThat(now.first(id)).as(id).isNotNull();
                assertThat(Objects.requireNonNull(now.first(id)).place())
                        .as(id)
                        .isEqualTo(played.place());
            }
            if (was != null) {
                for (Change change :
                        Difference.of(Part.SHARED, was.thing(), played.thing(), 1_000)) {
                    Things.Found is = Objects.requireNonNull(now.first(id));
                    assertThat(change.pointer().in(is.thing()))
                            .as(id + change.pointer())
                            .isEqualTo(change.pointer().in(played.thing()));
                }
            }
        }
        for (String id : earlier.ids()) {
            if (then.all(id).isEmpty()) {
                assertThat(now.all(id)).as(id + " was used up").isEmpty();
            }
        }
        Pointer time = Pointer.of("time_of_day");
        if (!Objects.equals(time.in(before.shared().content()), time.in(live.shared().content()))) {
            assertThat(time.in(after.shared().content()))
                    .isEqualTo(time.in(live.shared().content()));
        }
    }

    /** Without a collision every place that the authors edited is as they write it. */
    private static void assertEditsAreThere(Authored base, Authored mine, WorldState after) {
        Things written = new Things().add(Part.SHARED, mine.completed());
        Things before = new Things().add(Part.SHARED, base.completed());
        Things now = things(after);
        for (String id : written.ids()) {
            Things.Found wanted = Objects.requireNonNull(written.first(id));
            Things.Found was = before.first(id);
            if (was == null) {
                assertThat(now.first(id)).as(id).isNotNull();
            } else if (now.first(id) != null) {
                for (Change change :
                        Difference.of(Part.SHARED, was.thing(), wanted.thing(), 1_000)) {
                    assertThat(change.pointer().in(Objects.requireNonNull(now.first(id)).thing()))
                            .as(id + change.pointer())
                            .isEqualTo(change.pointer().in(wanted.thing()));
                }
            }
        }
        for (String id : before.ids()) {
            if (written.all(id).isEmpty()) {
                assertThat(now.all(id)).as(id + " was taken away").isEmpty();
            }
        }
        assertThat(after.shared().content().get("time_of_day"))
                .isIn(mine.world().get("time_of_day"), Json.of("players"));
    }

    private static List<Change> changes(WorldState live, WorldMerge.Merged merged) {
        List<Change> changes = new ArrayList<>();
        for (Map.Entry<Part, JsonObject> entry : merged.documents().entrySet()) {
            Document document = Objects.requireNonNull(live.document(entry.getKey()));
            changes.addAll(
                    Difference.of(entry.getKey(), document.content(), entry.getValue(), 10_000));
        }
        return changes;
    }

    /** Applies the changes, as a commit would: that they apply is a property too. */
    private static WorldState after(WorldState live, WorldMerge.Merged merged) {
        return Shop.after(live, changes(live, merged));
    }

    private static Authored edited(Random random, Authored authored) {
        Authored edited = authored;
        for (int i = random.nextInt(6); i >= 0; i--) {
            edited = editedOnce(random, edited);
        }
        return edited;
    }

    private static Authored editedOnce(Random random, Authored authored) {
        List<Pointer> all = thingsOf(authored);
        Json value = Json.of("authors' " + random.nextInt(9));
        String area = one(random, AREAS);
        Pointer list = Shop.items(area);
        return switch (random.nextInt(8)) {
            case 0 -> {
                yield Shop.with(authored, Pointer.of("time_of_day"), value);
            }
            case 1 -> {
                String template = one(random, List.of("bottle", "lamp", "keeper"));
                yield Shop.with(authored, template, one(random, List.of("name", "colour")), value);
            }
            case 2 -> {
                String id = "new_" + random.nextInt(4);
                boolean free = !isIn(authored, id) && Things.isList(list.in(authored.world()));
                yield free
                        ? Shop.with(authored, list.child(id), Shop.thing(id, "bottle"))
                        : authored;
            }
            case 3 -> {
                yield all.isEmpty() ? authored : Shop.without(authored, one(random, all));
            }
            case 4 -> {
                yield all.isEmpty() ? authored : moved(authored, one(random, all), list);
            }
            case 5 -> {
                Pointer place = Shop.area(area);
                yield place.in(authored.world()) == null
                        ? Shop.with(authored, place, emptyArea())
                        : Shop.without(authored, place);
            }
            case 6 -> {
                yield renamed(authored, Shop.area(area), Shop.area("area_" + random.nextInt(3)));
            }
            default -> {
                yield all.isEmpty()
                        ? authored
                        : Shop.with(
                                authored,
                                one(random, all).child(one(random, MEMBERS)),
                                random.nextBoolean() ? value : JsonObject.of("lit", value));
            }
        };
    }

    private static Authored moved(Authored authored, Pointer from, Pointer list) {
        JsonObject thing = Objects.requireNonNull((JsonObject) from.in(authored.world()));
        return Things.isList(list.in(authored.world()))
                ? Shop.with(Shop.without(authored, from), list.child(from.last()), thing)
                : authored;
    }

    private static Authored renamed(Authored authored, Pointer from, Pointer to) {
        Json area = from.in(authored.world());
        return area == null || to.in(authored.world()) != null
                ? authored
                : Shop.with(Shop.without(authored, from), to, area);
    }

    private static JsonObject emptyArea() {
        return JsonObject.of(
                "spots",
                JsonObject.of(
                        "spot_1",
                        JsonObject.of("items", JsonArray.EMPTY, "npcs", JsonArray.EMPTY)));
    }

    private static List<Pointer> thingsOf(Authored authored) {
        Things things = new Things().add(Part.SHARED, authored.world());
        return things.ids().stream()
                .map(id -> Objects.requireNonNull(things.first(id)).at())
                .toList();
    }

    private static WorldState played(Random random, WorldState begun) {
        WorldState state = begun;
        for (int i = random.nextInt(8); i > 0; i--) {
            state = Shop.after(state, action(random, state));
        }
        return state;
    }

    private static List<Change> action(Random random, WorldState state) {
        List<Pointer> here = new ArrayList<>();
        for (String area : AREAS) {
            for (Pointer list : List.of(Shop.items(area), Shop.npcs(area))) {
                if (list.in(state.shared().content()) instanceof JsonCollection things) {
                    things.ids().forEach(id -> here.add(list.child(id)));
                }
            }
        }
        JsonObject own = Objects.requireNonNull(state.own(Shop.ALICE)).content();
        List<JsonObject> carried = own.items("inventory");
        Part part = Part.own(Shop.ALICE);
        Json value = Json.of("players' " + random.nextInt(9));
        return switch (random.nextInt(6)) {
            case 0 -> {
                yield List.of(
                        new Change.Add(Part.SHARED, Pointer.of("time_of_day"), Json.of("players")));
            }
            case 1 -> {
                if (here.isEmpty()) {
                    yield List.of();
                }
                Pointer place = one(random, here);
                Json thing = Objects.requireNonNull(place.in(state.shared().content()));
                yield List.of(
                        new Change.Remove(Part.SHARED, place),
                        new Change.Add(part, Pointer.of("inventory", place.last()), thing));
            }
            case 2 -> {
                if (carried.isEmpty()) {
                    yield List.of();
                }
                JsonObject thing = one(random, carried);
                String id = JsonCollection.idOf(thing);
                yield List.of(
                        new Change.Remove(part, Pointer.of("inventory", id)),
                        new Change.Add(Part.SHARED, Shop.items("window").child(id), thing));
            }
            case 3 -> {
                yield here.isEmpty()
                        ? List.of()
                        : List.of(
                                new Change.Add(
                                        Part.SHARED,
                                        one(random, here).child(one(random, MEMBERS)),
                                        value));
            }
            case 4 -> {
                yield carried.isEmpty()
                        ? List.of()
                        : List.of(
                                new Change.Remove(
                                        part,
                                        Pointer.of(
                                                "inventory",
                                                JsonCollection.idOf(one(random, carried)))));
            }
            default -> {
                String id = "spawned_" + random.nextInt(3);
                boolean there = !things(state).all(id).isEmpty();
                yield there
                        ? List.of()
                        : List.of(
                                new Change.Add(
                                        Part.SHARED,
                                        Shop.items("shelf").child(id),
                                        Shop.authored().given(id, "bottle")));
            }
        };
    }

    private static <T> T one(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
