package io.worldweave.domain.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WorldMergeTest {
    private static final Pointer BOTTLE = Shop.SHELF.child("bottle_1");
    private static final Pointer CARRIED = Pointer.of("inventory", "bottle_1");
    private static final Json NEW = Json.of("new");

    private final Authored base = Shop.authored();
    private WorldState live = Shop.played();
    private WorldMerge.Merged merged = WorldMerge.of(base, base, live);

    private void merge(Authored mine) {
        merged = WorldMerge.of(base, mine, live);
    }

    private @Nullable Json shared(Pointer place) {
        return place.in(document(Part.SHARED));
    }

    private @Nullable Json own(Pointer place) {
        return place.in(document(Part.own(Shop.ALICE)));
    }

    private JsonObject document(Part part) {
        return Objects.requireNonNull(merged.documents().get(part));
    }

    private void assertNoCollision() {
        assertThat(merged.collisions()).isEmpty();
        assertThat(merged.collisionCount()).isZero();
    }

    private Collision collision() {
        assertThat(merged.collisions()).hasSize(1);
        return merged.collisions().getFirst();
    }

    private void assertNothingChanged() {
        assertThat(document(Part.SHARED)).isEqualTo(live.shared().content());
        assertThat(document(Part.own(Shop.ALICE)))
                .isEqualTo(Objects.requireNonNull(live.own(Shop.ALICE)).content());
    }

    @Test
    void whatWasNotEditedChangesNothing() {
        assertNoCollision();
        assertNothingChanged();
    }

    @Test
    void aPlainValueIsReplacedWhereTheWorldHasWhatTheAuthorsHad() {
        merge(Shop.with(base, Pointer.of("time_of_day"), NEW));

        assertThat(shared(Pointer.of("time_of_day"))).isEqualTo(NEW);
        assertNoCollision();
    }

    @Test
    void aPlainValueThatTheWorldChangedStaysAndIsReported() {
        Pointer place = Pointer.of("time_of_day");
        live = Shop.after(live, new Change.Replace(Part.SHARED, place, Json.of("night")));

        merge(Shop.with(base, place, NEW));

        assertNothingChanged();
        assertThat(collision())
                .isEqualTo(
                        new Collision(
                                Part.SHARED,
                                place,
                                ValueMerge.CHANGED,
                                Json.of("dusk"),
                                NEW,
                                Json.of("night")));
    }

    @Test
    void whatTheWorldCameToByItselfIsNoCollision() {
        Pointer place = Pointer.of("time_of_day");
        live = Shop.after(live, new Change.Replace(Part.SHARED, place, NEW));

        merge(Shop.with(base, place, NEW));

        assertNothingChanged();
        assertNoCollision();
    }

    @Test
    void aThingIsEditedInTheHandsOfThePlayerWhoTookIt() {
        live = Shop.taken(live, BOTTLE);

        merge(Shop.with(base, BOTTLE.child("description"), NEW));

        assertThat(own(CARRIED.child("description"))).isEqualTo(NEW);
        assertThat(shared(BOTTLE)).as("it is not back on the shelf").isNull();
        assertNoCollision();
    }

    @Test
    void aThingThatAPlayerHasIsNotTakenAway() {
        live = Shop.taken(live, BOTTLE);

        merge(Shop.without(base, BOTTLE));

        assertNothingChanged();
        Collision collision = collision();
        assertThat(collision.part()).isEqualTo(Part.own(Shop.ALICE));
        assertThat(collision.pointer()).isEqualTo(CARRIED);
        assertThat(collision.authors()).isNull();
    }

    @Test
    void aThingThatIsWhereItWasIsTakenAway() {
        merge(Shop.without(base, BOTTLE));

        assertThat(shared(BOTTLE)).isNull();
        assertThat(shared(Shop.SHELF.child("bottle_2"))).isNotNull();
        assertNoCollision();
    }

    @Test
    void aThingThatWasChangedInTheWorldIsNotTakenAway() {
        Pointer lamp = Shop.WINDOW.child("lamp_1");
        live =
                Shop.after(
                        live,
                        new Change.Replace(
                                Part.SHARED,
                                new Pointer(lamp.child("state").child("lit").tokens()),
                                Json.of(true)));

        merge(Shop.without(base, lamp));

        assertNothingChanged();
        assertThat(collision().pointer()).isEqualTo(lamp);
    }

    @Test
    void aNewThingIsCompletedByItsTemplate() {
        merge(Shop.with(base, Shop.WINDOW.child("bottle_3"), Shop.thing("bottle_3", "bottle")));

        assertThat(shared(Shop.WINDOW.child("bottle_3").child("description")))
                .isEqualTo(Json.of("A bottle."));
        assertNoCollision();
    }

    @Test
    void aNewThingWhoseIdTheWorldHasAlreadyIsReported() {
        Json spawned = Shop.thing("bottle_3", "bottle");
        live = Shop.after(live, new Change.Add(Part.SHARED, Shop.SHELF.child("bottle_3"), spawned));

        merge(Shop.with(base, Shop.WINDOW.child("bottle_3"), spawned));

        assertNothingChanged();
        assertThat(collision().pointer()).isEqualTo(Shop.SHELF.child("bottle_3"));
    }

    @Test
    void aThingThatItsAuthorsMoveGoesThere() {
        JsonObject bottle = (JsonObject) Objects.requireNonNull(BOTTLE.in(base.world()));

        merge(Shop.with(Shop.without(base, BOTTLE), Shop.WINDOW.child("bottle_1"), bottle));

        assertThat(shared(BOTTLE)).isNull();
        assertThat(shared(Shop.WINDOW.child("bottle_1")))
                .isEqualTo(BOTTLE.in(live.shared().content()));
        assertNoCollision();
    }

    @Test
    void aThingThatAPlayerTookIsNotMovedBack() {
        live = Shop.taken(live, BOTTLE);
        JsonObject bottle =
                ((JsonObject) Objects.requireNonNull(BOTTLE.in(base.world())))
                        .with("description", NEW);

        merge(Shop.with(Shop.without(base, BOTTLE), Shop.WINDOW.child("bottle_1"), bottle));

        assertThat(own(CARRIED.child("description"))).as("its edit counts").isEqualTo(NEW);
        assertThat(shared(Shop.WINDOW.child("bottle_1"))).isNull();
        assertThat(collision().pointer()).isEqualTo(CARRIED);
    }

    @Test
    void aThingThatIsGoneIsReportedWhenItsAuthorsEditIt() {
        live = Shop.after(live, new Change.Remove(Part.SHARED, BOTTLE));

        merge(Shop.with(base, BOTTLE.child("name"), NEW));

        assertNothingChanged();
        assertThat(collision().reason()).isEqualTo(ValueMerge.GONE);
    }

    @Test
    void aTemplateCountsForAllOfItsKindButNotForWhatTheySayThemselves() {
        live = Shop.taken(live, BOTTLE);

        merge(Shop.with(base, "bottle", "name", NEW));

        assertThat(shared(Shop.SHELF.child("bottle_2").child("name"))).isEqualTo(NEW);
        assertThat(own(CARRIED.child("name"))).isEqualTo(Json.of("green bottle"));
        assertNoCollision();
    }

    @Test
    void aTemplateCountsForThingsThatAuthorsDidNotPlace() {
        JsonObject spawned = base.given("bottle_9", "bottle");
        live =
                Shop.after(
                        live,
                        new Change.Add(
                                Part.own(Shop.ALICE), Pointer.of("inventory", "bottle_9"), spawned),
                        new Change.Add(
                                Part.SHARED,
                                Shop.WINDOW.child("bottle_8"),
                                base.given("bottle_8", "bottle").with("name", Json.of("mine"))));

        merge(Shop.with(base, "bottle", "name", NEW));

        assertThat(own(Pointer.of("inventory", "bottle_9", "name"))).isEqualTo(NEW);
        assertThat(shared(Shop.WINDOW.child("bottle_8").child("name"))).isEqualTo(Json.of("mine"));
        assertNoCollision();
    }

    @Test
    void anAreaThatIsAsItWasIsTakenAwayAndANewOneComesWithItsThings() {
        Authored renamed =
                Shop.with(
                        Shop.without(base, Shop.area("shelf")),
                        Shop.area("rack"),
                        Objects.requireNonNull(Shop.area("shelf").in(base.world())));

        merge(renamed);

        assertThat(document(Part.SHARED)).isEqualTo(renamed.completed());
        assertNoCollision();
    }

    @Test
    void whatAPlayerTookDoesNotComeBackWithAnAreaOfAnotherName() {
        live = Shop.taken(live, BOTTLE);

        merge(
                Shop.with(
                        Shop.without(base, Shop.area("shelf")),
                        Shop.area("rack"),
                        Objects.requireNonNull(Shop.area("shelf").in(base.world()))));

        assertThat(shared(Shop.items("rack").child("bottle_1"))).isNull();
        assertThat(shared(Shop.items("rack").child("bottle_2"))).isNotNull();
        assertThat(shared(Shop.npcs("rack").child("keeper_1"))).isNotNull();
        assertThat(shared(Shop.SHELF)).as("it was changed, and stays").isEqualTo(JsonArray.EMPTY);
        assertThat(merged.collisions())
                .extracting(Collision::pointer)
                .containsExactly(CARRIED, Shop.area("shelf"));
    }

    @Test
    void anAreaInWhichAPlayerIsIsNotTakenAway() {
        merge(Shop.without(base, Shop.area("window")));

        assertNothingChanged();
        assertThat(collision().reason()).isEqualTo(ValueMerge.OCCUPIED);
    }

    @Test
    void whatACharacterWasGivenGoesWithTheCharacter() {
        Pointer keeper = Shop.npcs("shelf").child("keeper_1");
        JsonObject bottle = (JsonObject) Objects.requireNonNull(BOTTLE.in(live.shared().content()));
        live =
                Shop.after(
                        live,
                        new Change.Remove(Part.SHARED, BOTTLE),
                        new Change.Add(
                                Part.SHARED,
                                keeper.child("inventory"),
                                Json.array(List.of(bottle))));
        Authored moved =
                Shop.with(
                        Shop.without(base, keeper),
                        Shop.npcs("window").child("keeper_1"),
                        Shop.thing("keeper_1", "keeper"));

        merge(Shop.with(moved, "bottle", "description", NEW));

        Pointer there = Shop.npcs("window").child("keeper_1").child("inventory");
        assertThat(shared(keeper)).isNull();
        assertThat(shared(there.child("bottle_1").child("description"))).isEqualTo(NEW);
        assertNoCollision();
    }

    @Test
    void whatIsCarriedByACharacterWhomAuthorsTakeAwayIsNotLostWhenTheyMoveIt() {
        Pointer keeper = Shop.npcs("shelf").child("keeper_1");
        JsonObject carrying =
                Shop.thing("keeper_1", "keeper")
                        .with("inventory", Json.array(List.of(Shop.thing("lamp_2", "lamp"))));
        Authored before = Shop.with(base, keeper, carrying);
        Authored now =
                Shop.with(
                        Shop.without(before, keeper),
                        Shop.WINDOW.child("lamp_2"),
                        Shop.thing("lamp_2", "lamp"));

        merged = WorldMerge.of(before, now, Shop.begun(before));

        assertThat(document(Part.SHARED)).isEqualTo(now.completed());
        assertNoCollision();
    }

    @Test
    void aThingWhoseNewPlaceIsGoneStaysWhereItWas() {
        live = Shop.after(live, new Change.Remove(Part.SHARED, Shop.area("window")));
        JsonObject bottle = (JsonObject) Objects.requireNonNull(BOTTLE.in(base.world()));

        merge(Shop.with(Shop.without(base, BOTTLE), Shop.WINDOW.child("bottle_1"), bottle));

        assertThat(shared(BOTTLE)).isNotNull();
        assertThat(collision().reason()).contains("not in the world");
    }

    @Test
    void aMemberThatAuthorsTakeAwayGoes() {
        Authored before = Shop.with(base, BOTTLE.child("colour"), Json.of("green"));

        merged = WorldMerge.of(before, base, Shop.begun(before));

        assertThat(document(Part.SHARED)).isEqualTo(base.completed());
        assertNoCollision();
    }
}
