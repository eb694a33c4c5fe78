package io.worldweave.domain.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergeFormTest {
    private static final JsonObject BOTTLE = item("bottle").with("glowing", Json.of(true));
    private static final JsonObject STORE =
            JsonObject.of("name", Json.of("Shop"), "items", Json.array(List.of(BOTTLE)))
                    .with("npcs", JsonArray.EMPTY)
                    .with("aliases", Json.array(List.of(Json.of("till"))));
    private static final JsonObject WORLD =
            JsonObject.of("locations", JsonObject.of("store", STORE), "season", Json.of("summer"));
    private static final Pointer AT_STORE = Pointer.parse("/locations/store");

    static LongStream seeds() {
        return RandomWorld.seeds(2_000);
    }

    @ParameterizedTest(name = "-Dseed={0}")
    @MethodSource("seeds")
    void itsChangesApplyToTheDocumentOneAfterAnother(long seed) {
        RandomWorld random = new RandomWorld(seed);
        WorldState state = random.state();
        JsonObject document = state.shared().content();
        JsonObject update = random.update(document, 3);
        if (!(MergeForm.changes(Part.SHARED, document, update)
                instanceof Edit.Applied<List<Change>>(var changes))) {
            return;
        }
        JsonObject after = applied(document, changes);
        assertThat(changes.isEmpty()).isEqualTo(after.equals(document));
        update.forEach((name, value) -> {
            if (!(value instanceof JsonObject)) {
                assertThat(after.get(name)).isEqualTo(value);
            }
        });
    }

    @Test
    void nestedMembersAreMergedIn() {
        JsonObject update =
                nested(
                        JsonObject.of("name", Json.of("Store"), "open", Json.of(true))
                                .with("items", JsonObject.of("bottle", glowing(false))));

        assertThat(changes(update))
                .containsExactly(
                        new Change.Replace(Part.SHARED, AT_STORE.child("name"), Json.of("Store")),
                        new Change.Add(Part.SHARED, AT_STORE.child("open"), Json.of(true)),
                        new Change.Replace(
                                Part.SHARED,
                                Pointer.parse("/locations/store/items/bottle/glowing"),
                                Json.of(false)));
    }

    @Test
    void anObjectWhereNoneIsBecomesTheValue() {
        JsonObject inner = JsonObject.of("b", JsonObject.of("c", Json.of(1)));
        assertThat(changes(JsonObject.of("a", inner, "season", inner)))
                .containsExactly(
                        new Change.Add(Part.SHARED, Pointer.of("a"), inner),
                        new Change.Replace(Part.SHARED, Pointer.of("season"), inner));
        assertThat(changes(JsonObject.of("a", JsonObject.of("list", append(item("lamp"))))))
                .containsExactly(
                        new Change.Add(
                                Part.SHARED,
                                Pointer.of("a"),
                                JsonObject.of("list", Json.array(List.of(item("lamp"))))));
    }

    @Test
    void appendAddsAnItemToACollectionAnElementToAnArrayAndMakesEither() {
        for (String place : List.of("items", "npcs", "absent")) {
            JsonObject after = after(nested(JsonObject.of(place, append(item("lamp")))));
            assertThat(AT_STORE.child(place).child("lamp").in(after)).isEqualTo(item("lamp"));
        }
        assertThat(changes(nested(JsonObject.of("aliases", append(Json.of("bar"))))))
                .containsExactly(
                        new Change.Add(
                                Part.SHARED, AT_STORE.child("aliases").child("-"), Json.of("bar")));
    }

    @Test
    void removeTakesAnItemOutByItsIdAlsoBesideElementsThatAreNoItems() {
        assertThat(changes(nested(JsonObject.of("items", remove("bottle")))))
                .containsExactly(
                        new Change.Remove(Part.SHARED, AT_STORE.child("items").child("bottle")));
        JsonObject mixed = JsonObject.of("list", Json.array(List.of(Json.of(1), item("lamp"))));
        assertThat(MergeForm.changes(Part.SHARED, mixed, JsonObject.of("list", remove("lamp"))))
                .isEqualTo(
                        new Edit.Applied<>(
                                List.of(new Change.Remove(Part.SHARED, Pointer.of("list", "1")))));
    }

    @Test
    void bothOperatorsMayStandTogetherAndApplyInTheirOrder() {
        JsonObject exchange = remove("bottle").with("$append", item("lamp"));
        JsonObject after = after(nested(JsonObject.of("items", exchange)));
        assertThat(AT_STORE.child("items").in(after)).isEqualTo(Json.array(List.of(item("lamp"))));
    }

    @Test
    void nullIsAValueThatIsSet() {
        assertThat(changes(JsonObject.of("season", JsonNull.NULL)))
                .containsExactly(
                        new Change.Replace(Part.SHARED, Pointer.of("season"), JsonNull.NULL));
    }

    @Test
    void aNameWithDotsAtTheTopIsAPath() {
        Change named = new Change.Replace(Part.SHARED, AT_STORE.child("name"), Json.of("Store"));
        for (String path : List.of("locations.store.name", "world.locations.store.name")) {
            assertThat(changes(JsonObject.of(path, Json.of("Store")))).containsExactly(named);
        }
        assertThat(changes(JsonObject.of("world.locations.store.items", remove("bottle"))))
                .hasSize(1);
        Part own = Part.own(new UserId("alice"));
        JsonObject player = JsonObject.of("inventory", JsonArray.EMPTY);
        assertThat(
                        MergeForm.changes(
                                own,
                                player,
                                JsonObject.of("player.inventory", append(item("lamp")))))
                .isEqualTo(
                        new Edit.Applied<>(
                                List.of(
                                        new Change.Add(
                                                own,
                                                Pointer.of("inventory", "lamp"),
                                                item("lamp")))));
    }

    @Test
    void aNameWithDotsIsANameWhereAMemberIsCalledSoAndFurtherInside() {
        JsonObject dotted = JsonObject.of("a.b", Json.of(1), "a", JsonObject.EMPTY);
        JsonObject update =
                JsonObject.of("a.b", Json.of(2), "a", JsonObject.of("x@y.z", Json.of(3)));
        assertThat(MergeForm.changes(Part.SHARED, dotted, update))
                .isEqualTo(
                        new Edit.Applied<>(
                                List.of(
                                        new Change.Replace(
                                                Part.SHARED, Pointer.of("a.b"), Json.of(2)),
                                        new Change.Add(
                                                Part.SHARED,
                                                Pointer.of("a", "x@y.z"),
                                                Json.of(3)))));
    }

    @Test
    void whatChangesNothingIsNoChange() {
        assertThat(changes(JsonObject.EMPTY)).isEmpty();
        assertThat(changes(WORLD.without("locations"))).isEmpty();
        assertThat(changes(nested(JsonObject.of("name", Json.of("Shop"))))).isEmpty();
        JsonObject thereAndBack =
                JsonObject.of("$append", item("lamp"))
                        .with("$remove", JsonObject.of("instance_id", Json.of("lamp")));
        assertThat(changes(nested(JsonObject.of("items", thereAndBack)))).isEmpty();
    }

    @Test
    void whatCannotBeMergedIsRefusedWithPathAndReason() {
        refused(
                nested(JsonObject.of("items", append(BOTTLE))),
                "/locations/store/items/bottle",
                "already");
        refused(
                nested(JsonObject.of("items", append(Json.of(1)))),
                "/locations/store/items",
                "instance_id");
        refused(
                nested(JsonObject.of("items", remove("lamp"))),
                "/locations/store/items/lamp",
                "nothing is");
        refused(
                nested(JsonObject.of("npcs", remove("lamp"))),
                "/locations/store/npcs/lamp",
                "nothing is");
        refused(
                nested(JsonObject.of("absent", remove("lamp"))),
                "/locations/store/absent",
                "nothing is");
        refused(
                nested(JsonObject.of("name", append(Json.of(1)))),
                "/locations/store/name",
                "array");
        refused(nested(JsonObject.of("name", remove("lamp"))), "/locations/store/name", "array");
        refused(
                nested(JsonObject.of("items", JsonObject.of("$remove", Json.of("bottle")))),
                "/locations/store/items",
                "names the instance_id");
        refused(
                nested(JsonObject.of("items", JsonObject.of("lamp", glowing(true)))),
                "/locations/store/items/lamp",
                "nothing is");
        refused(
                nested(JsonObject.of("aliases", glowing(true))),
                "/locations/store/aliases",
                "array takes");
        refused(
                nested(JsonObject.of("items", JsonObject.of("$push", Json.of(1)))),
                "/locations/store/items",
                "$push");
        refused(
                nested(JsonObject.of("items", append(item("lamp")).with("x", Json.of(1)))),
                "/locations/store/items",
                "beside");
        refused(append(item("lamp")), "", "document");
        refused(JsonObject.of("a", remove("lamp")), "/a", "nothing is");
        for (String path : List.of("a..b", ".a", "a.", "world.", ".")) {
            refused(JsonObject.of(path, Json.of(1)), "/" + path, "each dot");
        }
        refused(
                JsonObject.of("a" + ".a".repeat(10_000), Json.of(1)),
                "/a" + ".a".repeat(10_000),
                "64");
    }

    @Test
    void anUpdateOfWhichOnePartIsRefusedIsRefusedAsAWhole() {
        refused(
                JsonObject.of("season", Json.of("winter"), "a..b", Json.of(1)),
                "/a..b",
                "each dot");
    }

    @Test
    void anUpdateDeeperThanADocumentMayBeIsRefused() {
        Json deep = Json.of(1);
        for (int i = 0; i < 100_000; i++) {
            deep = JsonObject.of("a", deep);
        }
        refused(JsonObject.of("new", deep), "/new" + "/a".repeat(63), "64");
    }

    @Test
    void anUpdateOfMoreChangesThanADeltaHoldsIsRefused() {
        Map<String, Json> many = new LinkedHashMap<>();
        for (int i = 0; i <= Delta.CHANGE_LIMIT; i++) {
            many.put("m" + i, Json.of(i));
        }
        refused(JsonObject.of(many), "/m" + Delta.CHANGE_LIMIT, "10000");
        many.remove("m0");
        assertThat(changes(JsonObject.of(many))).hasSize(Delta.CHANGE_LIMIT);
    }

    private static JsonObject item(String id) {
        return JsonObject.of("instance_id", Json.of(id));
    }

    private static JsonObject glowing(boolean glowing) {
        return JsonObject.of("glowing", Json.of(glowing));
    }

    private static JsonObject append(Json item) {
        return JsonObject.of("$append", item);
    }

    private static JsonObject remove(String id) {
        return JsonObject.of("$remove", JsonObject.of("instance_id", Json.of(id)));
    }

    private static JsonObject nested(JsonObject store) {
        return JsonObject.of("locations", JsonObject.of("store", store));
    }

    private static List<Change> changes(JsonObject update) {
        return switch (MergeForm.changes(Part.SHARED, WORLD, update)) {
            case Edit.Applied<List<Change>> applied -> applied.result();
            case Edit.Refused<List<Change>> refused ->
                    throw new AssertionError(refused.rejection().reason());
        };
    }

    private static JsonObject after(JsonObject update) {
        return applied(WORLD, changes(update));
    }

    private static JsonObject applied(JsonObject document, List<Change> changes) {
        JsonObject after = document;
        for (Change change : changes) {
            after = Objects.requireNonNull(Edits.apply(after, change));
        }
        return after;
    }

    private static void refused(JsonObject update, String path, String reason) {
        assertThat(MergeForm.changes(Part.SHARED, WORLD, update))
                .isInstanceOfSatisfying(
                        Edit.Refused.class,
                        refused -> {
                            assertThat(refused.rejection().pointer()).hasToString(path);
                            assertThat(refused.rejection().reason()).contains(reason);
                        });
    }
}
