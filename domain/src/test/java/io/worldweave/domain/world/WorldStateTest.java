package io.worldweave.domain.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorldStateTest {
    private static final Part OWN = Part.own(new UserId("alice"));
    private static final JsonObject LAMP = item("lamp");
    private static final JsonObject SHELF =
            JsonObject.of("items", Json.array(List.of(item("bottle"), item("book"))))
                    .with("tags", Json.array(List.of(Json.of("a"), Json.of("b"))))
                    .with("none", JsonArray.EMPTY)
                    .with("a/b~c", Json.of(1));
    private static final WorldState WORLD =
            WorldState.initial(
                    "epoch",
                    JsonObject.of("shelf", SHELF, "other", JsonObject.of("x", Json.of(1))));

    @Test
    void aDeltaTakesTheStateToTheNextRevisionAndMarksWhatItChanged() {
        WorldState joined = applied(WORLD, new Change.Add(OWN, Pointer.ROOT, JsonObject.EMPTY));
        assertThat(joined.revision()).isOne();
        assertThat(joined.shared()).isSameAs(WORLD.shared());
        assertThat(joined.document(OWN)).isEqualTo(new Document(JsonObject.EMPTY, 1));
        WorldState left = applied(joined, new Change.Remove(OWN, Pointer.ROOT));
        assertThat(left.document(OWN)).isNull();
        assertThat(left.position()).isEqualTo(new Position("epoch", 2));
    }

    @Test
    void whatAChangeDoesNotTouchIsTheSameInstanceAfterwards() {
        WorldState after = applied(WORLD, add("/shelf/items/lamp", LAMP));
        for (String place : List.of("/other", "/shelf/tags", "/shelf/items/bottle")) {
            assertThat(at(after, place)).isNotNull().isSameAs(at(WORLD, place));
        }
        assertThat(at(after, "/shelf/items/lamp")).isSameAs(LAMP);
        assertThat(at(WORLD, "/shelf/items/lamp")).isNull();
    }

    @Test
    void ofADeltaWithOneBadChangeNothingIsApplied() {
        JsonObject before = WORLD.shared().content();
        String text = before.toString();
        Edit<WorldState> edit =
                WORLD.apply(
                        delta(
                                WORLD,
                                add("/shelf/items/lamp", LAMP),
                                remove("/shelf/items/absent"),
                                remove("/shelf/items/book")));
        assertThat(edit)
                .isEqualTo(
                        new Edit.Refused<>(
                                new Rejection.Missing(Pointer.parse("/shelf/items/absent"))));
        assertThat(WORLD.shared().content()).isSameAs(before).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/absent, Missing",
        "/absent/inner, Missing",
        "/shelf/items/lamp, Missing",
        "/shelf/items/lamp/state, Missing",
        "/shelf/items/0, Missing",
        "/shelf/items/-, Missing",
        "/shelf/tags/2, Missing",
        "/shelf/tags/-, Missing",
        "/shelf/tags/01, Missing",
        "/shelf/tags/-1, Missing",
        "/shelf/tags/+1, Missing",
        "/shelf/tags/1e0, Missing",
        "/shelf/tags/٠, Missing",
        "/shelf/tags/4294967296, Missing",
        "/shelf/tags/99999999999999999999, Missing",
        "/shelf/none/0, Missing",
        "/shelf/a~1b~0c/x, WrongKind",
        "/other/x/y, WrongKind",
        "/other/x/y/z, Missing",
    })
    void whatIsNotThereCanNeitherBeReplacedNorRemoved(String place, String rejection) {
        assertRefused(remove(place), place, rejection);
        assertRefused(replace(place, LAMP), place, rejection);
    }

    @ParameterizedTest
    @CsvSource({
        "/shelf/items/book, AlreadyThere, book",
        "/shelf/items/lamp, WrongKind, book",
        "/shelf/items/-, WrongKind, lamp",
        "/shelf/items/0, WrongKind, lamp",
        "/shelf/tags/3, Missing, lamp",
        "/shelf/tags/01, Missing, lamp",
        "/shelf/tags/lamp, Missing, lamp",
        "/shelf/none/1, Missing, lamp",
        "/shelf/none/book, Missing, lamp",
        "/absent/lamp, Missing, lamp",
        "/other/x/y, WrongKind, lamp",
    })
    void anAddIsRefusedWhereNothingCanBePut(String place, String rejection, String id) {
        assertRefused(add(place, item(id)), place, rejection);
    }

    @Test
    void anItemKeepsItsId() {
        assertRefused(
                replace("/shelf/items/book/instance_id", Json.of("other")),
                "/shelf/items/book/instance_id",
                "WrongKind");
        assertRefused(
                remove("/shelf/items/book/instance_id"),
                "/shelf/items/book/instance_id",
                "WrongKind");
        assertRefused(replace("/shelf/items/book", Json.of(1)), "/shelf/items/book", "WrongKind");
    }

    @Test
    void aDocumentIsAnObjectAndTheSharedOneStays() {
        assertRefused(new Change.Remove(Part.SHARED, Pointer.ROOT), "", "Missing");
        assertRefused(new Change.Replace(Part.SHARED, Pointer.ROOT, Json.of(1)), "", "WrongKind");
        assertRefused(new Change.Add(OWN, Pointer.ROOT, JsonArray.EMPTY), "", "WrongKind");
        assertRefused(new Change.Remove(OWN, Pointer.ROOT), "", "Missing");
        assertRefused(new Change.Replace(OWN, Pointer.ROOT, JsonObject.EMPTY), "", "Missing");
        assertRefused(new Change.Add(OWN, Pointer.of("a"), JsonObject.EMPTY), "", "Missing");
    }

    @Test
    void arraysGrowBeforeAnIndexAndAtTheEnd() {
        assertThat(at(applied(WORLD, add("/shelf/tags/-", Json.of("c"))), "/shelf/tags"))
                .hasToString("[\"a\",\"b\",\"c\"]");
        assertThat(at(applied(WORLD, add("/shelf/tags/2", Json.of("c"))), "/shelf/tags"))
                .hasToString("[\"a\",\"b\",\"c\"]");
        assertThat(at(applied(WORLD, add("/shelf/tags/0", Json.of("c"))), "/shelf/tags"))
                .hasToString("[\"c\",\"a\",\"b\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lamp", "-", "0"})
    void theFirstItemOpensACollection(String token) {
        WorldState after = applied(WORLD, add("/shelf/none/" + token, LAMP));
        assertThat(at(after, "/shelf/none/lamp")).isEqualTo(LAMP);
        WorldState empty = applied(after, remove("/shelf/none/lamp"));
        assertThat(at(empty, "/shelf/none")).isEqualTo(JsonArray.EMPTY);
    }

    @Test
    @DisplayName("I12: a document is at most so deep")
    void aDocumentGrowsNoDeeperThanItsLimit() {
        Json deep = Json.of(1);
        for (int i = 0; i < Pointer.DEPTH_LIMIT - 1; i++) {
            deep = i % 2 == 0 ? new JsonArray(List.of(deep)) : JsonObject.of("a", deep);
        }
        assertThat(applied(WORLD, add("/deep", deep)).revision()).isOne();
        assertRefused(add("/other/deep", deep), "/other/deep", "TooLarge");
        assertRefused(add("/deep", JsonObject.of("a", deep)), "/deep", "TooLarge");
        JsonObject tooDeep = JsonObject.of("a", JsonObject.of("a", deep));
        assertRefused(new Change.Replace(Part.SHARED, Pointer.ROOT, tooDeep), "", "TooLarge");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorldState.initial("epoch", tooDeep))
                .withMessageContaining("64");
    }

    @Test
    @DisplayName("I12: an array that a change copies is at most so long")
    void anArrayGrowsNoLongerThanItsLimit() {
        List<Json> full = Collections.nCopies(Edits.ELEMENT_LIMIT, Json.of(1));
        WorldState state = applied(WORLD, add("/long", new JsonArray(full)));
        assertThat(rejection(state, add("/long/-", Json.of(1))))
                .isInstanceOf(Rejection.TooLarge.class);
        assertThat(applied(state, replace("/long/7", Json.of(2))).revision()).isEqualTo(2);
    }

    @Test
    @DisplayName("I12: so many players have a part of their own")
    void aWorldHasNoMorePlayersThanItsLimit() {
        Map<String, Document> players = new LinkedHashMap<>();
        for (int i = 0; i < WorldState.PLAYER_LIMIT; i++) {
            players.put("player-" + i, new Document(JsonObject.EMPTY, 0));
        }
        WorldState full =
                new WorldState(WORLD.position(), WORLD.shared(), PersistentMap.copyOf(players));
        assertThat(rejection(full, new Change.Add(OWN, Pointer.ROOT, JsonObject.EMPTY)))
                .isInstanceOf(Rejection.TooLarge.class);
        Part known = Part.own(new UserId("player-7"));
        assertThat(applied(full, new Change.Add(known, Pointer.ROOT, SHELF)).revision()).isOne();
    }

    @Test
    void aDeltaFromAnotherRevisionIsTheCallersMistake() {
        Delta late = new Delta(7, new Actor.Service("test"), "test", 0, List.of(remove("/shelf")));
        assertThatIllegalArgumentException().isThrownBy(() -> WORLD.apply(late));
    }

    private static JsonObject item(String id) {
        return JsonObject.of("instance_id", Json.of(id), "state", JsonObject.EMPTY);
    }

    private static Change add(String place, Json value) {
        return new Change.Add(Part.SHARED, Pointer.parse(place), value);
    }

    private static Change replace(String place, Json value) {
        return new Change.Replace(Part.SHARED, Pointer.parse(place), value);
    }

    private static Change remove(String place) {
        return new Change.Remove(Part.SHARED, Pointer.parse(place));
    }

    private static Delta delta(WorldState state, Change... changes) {
        return new Delta(state.revision(), new Actor.Service("test"), "test", 0, List.of(changes));
    }

    private static WorldState applied(WorldState state, Change change) {
        return switch (state.apply(delta(state, change))) {
            case Edit.Applied<WorldState> applied -> applied.result();
            case Edit.Refused<WorldState> refused ->
                    throw new AssertionError(refused.rejection().reason());
        };
    }

    private static Rejection rejection(WorldState state, Change change) {
        return switch (state.apply(delta(state, change))) {
            case Edit.Applied<WorldState> _ -> throw new AssertionError("applied: " + change);
            case Edit.Refused<WorldState> refused -> refused.rejection();
        };
    }

    private static void assertRefused(Change change, String place, String kind) {
        Rejection rejection = rejection(WORLD, change);
        assertThat(rejection.pointer()).hasToString(place);
        assertThat(rejection.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(rejection.reason()).isNotBlank();
    }

    private static Json at(WorldState state, String place) {
        return Pointer.parse(place).in(state.shared().content());
    }
}
