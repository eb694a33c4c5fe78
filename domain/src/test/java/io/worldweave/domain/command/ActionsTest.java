package io.worldweave.domain.command;

import static io.worldweave.domain.command.Play.ADMIN;
import static io.worldweave.domain.command.Play.ALICE;
import static io.worldweave.domain.command.Play.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActionsTest {
    private static final String SHELF = "/locations/shop/areas/shelf/spots/spot_1/items";

    private final Play play = new Play(Glade.experience());

    @Test
    void takingMovesTheItemFromTheAreaToThePlayer() {
        ActionResult result = play.say(ALICE, "take the peaceful dream bottle");

        assertThat(result.message())
                .isEqualTo("You take the peaceful dream bottle. A bottle that glows. It is warm.");
        assertThat(result.action()).isEqualTo("collect_item");
        assertThat(result.itemId()).isEqualTo("bottle_1");
        assertThat(result.arguments()).isEqualTo(JsonObject.of("instance_id", Json.of("bottle_1")));
        assertThat(result.metadata().text("area_id")).isEqualTo("shelf");
        assertThat(play.shared(SHELF + "/bottle_1")).isNull();
        assertThat(play.own(ALICE, "/inventory/bottle_1/state/symbol"))
                .isEqualTo(Json.of("spiral"));
        assertThat(play.own(BOB, "")).isNull();
    }

    @Test
    void whatIsTakenIsGoneForEverybodyElse() {
        play.say(ALICE, "take the peaceful dream bottle");

        ActionResult result = play.say(BOB, "grab the peaceful bottle");

        expect(result, "not_here", false);
        assertThat(result.message()).isEqualTo("No peaceful bottle is here, bob.");
        assertThat(play.last().changes()).isEmpty();
    }

    @Test
    void takingTellsWhyItCannotBe() {
        expect(play.say(ALICE, "take"), "missing", false);
        expect(play.say(ALICE, "take the unicorn"), "not_here", false);
        expect(play.say(ALICE, "take the grey ghost"), "not_here", false);
        expect(play.say(ALICE, "take the cat"), "not_collectible", false);
        ActionResult choice = play.say(ALICE, "take the bottle");
        expect(choice, "ambiguous", false);
        assertThat(choice.message()).contains("peaceful dream bottle or adventurous dream bottle");
    }

    @Test
    void aPlayerCarriesOnlySoMuch() {
        play.say(ALICE, "take the lens");
        List<JsonObject> many = new ArrayList<>();
        for (int i = 0; i < Carrying.INVENTORY_LIMIT; i++) {
            many.add(Glade.item("pebble_" + i, "pebble"));
        }
        play.change(replace(Part.own(ALICE.user()), "/inventory", JsonCollection.of(many)));

        expect(play.say(ALICE, "take the peaceful bottle"), "inventory_full", false);
        expect(play.say(ALICE, "drop pebble_99"), "success", true);
        expect(play.say(ALICE, "take the peaceful bottle"), "success", true);
        expect(play.say(ALICE, "take pebble_99"), "not_collectible", false);
    }

    @Test
    void droppingPutsTheItemWhereThePlayerIs() {
        play.say(ALICE, "take the lens");
        play.say(ALICE, "go to the bare corner");

        expect(play.say(ALICE, "put the lens down"), "success", true);

        String corner = "/locations/shop/areas/bare_corner/spots/spot_1/items/lens_1";
        assertThat(play.shared(corner)).isNotNull();
        assertThat(play.own(ALICE, "/inventory")).isEqualTo(JsonArray.EMPTY);
    }

    @Test
    void droppingTellsWhyItCannotBe() {
        play.say(ALICE, "take the lens");
        play.say(ALICE, "go to the void");

        expect(play.say(ALICE, "drop the lens"), "no_room", false);
        expect(play.say(ALICE, "drop the hat"), "not_in_inventory", false);
        expect(play.say(ALICE, "drop"), "missing", false);
    }

    @Test
    void whereAnItemOfThatIdStandsThereIsNoRoomForAnother() {
        play.say(ALICE, "take the lens");
        play.change(
                new Change.Add(
                        Part.SHARED,
                        Pointer.parse(SHELF + "/lens_1"),
                        Glade.item("lens_1", "lens")));

        expect(play.say(ALICE, "drop the lens"), "no_room", false);
    }

    @Test
    void usingTellsTheTemplatesOwnWords() {
        assertThat(play.say(ALICE, "use the lens").message())
                .isEqualTo("You use the scrying lens. A dream nods to you.");
        assertThat(play.last().changes()).isEmpty();
        expect(play.say(ALICE, "use the cat"), "not_usable", false);
        expect(play.say(ALICE, "use the hat"), "not_in_inventory", false);
        expect(play.say(ALICE, "use"), "missing", false);
        expect(play.say(ALICE, "use the bottle"), "ambiguous", false);
    }

    @Test
    void aCharacterThanksForAPresentAndTrustsMore() {
        play.say(ALICE, "take the lens");
        play.say(ALICE, "go to the counter");

        ActionResult result = play.say(ALICE, "give Woander the scrying lens");

        assertThat(result.message())
                .isEqualTo(
                        "You give the scrying lens to Woander."
                                + " Woander says: “For me? The scrying lens!”");
        assertThat(play.own(ALICE, "/trust/woander_1")).isEqualTo(Json.of(5));
        assertThat(play.own(ALICE, "/inventory")).isEqualTo(JsonArray.EMPTY);
        assertThat(
                        play.shared(
                                "/locations/shop/areas/counter/spots/spot_1/npcs/woander_1"
                                        + "/inventory/lens_1"))
                .isNotNull();
        expect(play.say(BOB, "take the lens"), "not_here", false);
    }

    @Test
    void aPlayerGivesToAnotherWhoIsInTheSameArea() {
        play.say(ALICE, "take the lens");
        play.say(BOB, "take the adventurous bottle");

        ActionResult result = play.say(ALICE, "give the lens to bob");

        expect(result, "success", true);
        assertThat(result.arguments().text("target_user_id")).isEqualTo("bob");
        assertThat(play.own(BOB, "/inventory/lens_1")).isNotNull();
        assertThat(play.own(ALICE, "/inventory/lens_1")).isNull();
        assertThat(play.last().changes()).hasSize(2);
    }

    @Test
    void givingTellsWhyItCannotBe() {
        play.say(ALICE, "take the lens");
        play.say(BOB, "go to the counter");

        expect(play.say(ALICE, "give the lens to bob"), "recipient_not_here", false);
        expect(play.say(ALICE, "give the lens to alice"), "recipient_not_here", false);
        expect(play.say(ALICE, "give the lens to Woander"), "recipient_not_here", false);
        expect(play.say(ALICE, "give the lens"), "missing", false);
        expect(play.say(ALICE, "give the hat to bob"), "not_in_inventory", false);
        play.say(ALICE, "go to the counter");
        expect(act("give_item", "lens_1", "target_npc_id", "bob"), "recipient_not_here", false);
        expect(
                act("give_item", "lens_1", "target_user_id", "woander_1"),
                "recipient_not_here",
                false);
        expect(act("give_item", "lens_1", "target_user_id", "bob"), "success", true);
    }

    @Test
    void whereNobodyIsShownACharacterCanBeGivenSomethingAndAPlayerCannot() {
        Play unseen =
                new Play(
                        Glade.withMultiplayer(JsonObject.of("player_visibility", Json.of("none"))));
        unseen.say(ALICE, "take the lens");
        unseen.say(BOB, "take the adventurous bottle");

        expect(unseen.say(ALICE, "give the lens to bob"), "recipient_not_here", false);
        expect(
                unseen.act(ALICE, "give_item", "instance_id", "lens_1", "target_user_id", "bob"),
                "recipient_not_here",
                false);
        assertThat(unseen.own(ALICE, "/inventory/lens_1")).isNotNull();
        unseen.say(ALICE, "go to the counter");
        expect(unseen.say(ALICE, "give the lens to Woander"), "success", true);
    }

    @Test
    void somebodyWhoseHandsAreFullIsGivenNothing() {
        play.say(ALICE, "take the lens");
        play.say(BOB, "take the peaceful bottle");
        List<JsonObject> many = new ArrayList<>();
        for (int i = 0; i < Carrying.INVENTORY_LIMIT; i++) {
            many.add(Glade.item("pebble_" + i, "pebble"));
        }
        play.change(replace(Part.own(BOB.user()), "/inventory", JsonCollection.of(many)));

        expect(play.say(ALICE, "give the lens to bob"), "recipient_full", false);
    }

    @Test
    void examiningDescribesWhatIsSeenOrCarriedAndChangesNothing() {
        assertThat(play.say(ALICE, "examine the peaceful bottle").message())
                .isEqualTo("A bottle that glows.");
        play.say(ALICE, "take the lens");
        play.say(ALICE, "go to the counter");
        assertThat(play.say(ALICE, "look at Woander").message()).isEqualTo("This is Woander.");
        assertThat(play.say(ALICE, "x lens").message()).isEqualTo("A lens.");
        assertThat(play.last().changes()).isEmpty();
        expect(play.say(ALICE, "examine the cat"), "not_here", false);
        expect(play.say(ALICE, "examine"), "missing", false);
    }

    @Test
    void whatHasNoDescriptionIsStillSpokenOf() {
        assertThat(play.say(ALICE, "examine the cat").message()).isNotBlank();
    }

    @Test
    void lookingTellsWhatIsHereAndWhereOneCanGo() {
        ActionResult result = play.say(ALICE, "look");

        assertThat(result.message())
                .contains("Display Shelf", "scrying lens", "nobody", "Main Fairy Door", "Clearing")
                .doesNotContain("ghost");
        expect(play.say(ALICE, "go to the void"), "success", true);
        expect(play.say(ALICE, "look around"), "nothing", true);
    }

    @Test
    void aLongListIsCutShort() {
        List<JsonObject> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(Glade.item("pebble_" + i, "pebble").with("name", Json.of("pebble no " + i)));
        }
        play.change(replace(Part.SHARED, SHELF, JsonCollection.of(many)));

        ActionResult result = play.say(ALICE, "look");

        assertThat(result.message()).contains("pebble no 19 and 980 more");
        assertThat(result.metadata().get("items"))
                .isInstanceOfSatisfying(
                        JsonArray.class,
                        items -> assertThat(items.elements()).hasSize(Reply.FACT_LIMIT));
    }

    @Test
    void theInventoryTellsWhatIsCarried() {
        expect(play.say(ALICE, "i"), "empty", true);
        play.say(ALICE, "take the lens");

        ActionResult result = play.say(ALICE, "check my inventory");

        assertThat(result.message()).isEqualTo("You carry: scrying lens.");
        assertThat(result.metadata().items("items")).hasSize(1);
    }

    @Test
    void helpNamesThePlayersCommandsAndNoOthers() {
        assertThat(play.say(ALICE, "help").message()).contains("take", "talk").doesNotContain("@");
    }

    @Test
    void goingChangesWhereThePlayerIs() {
        ActionResult result = play.say(ALICE, "go to fairy door main");

        assertThat(result.message())
                .isEqualTo("You come to Main Fairy Door. It is Main Fairy Door.");
        assertThat(play.own(ALICE, "/current_area")).isEqualTo(Json.of("fairy_door_main"));
        expect(play.say(ALICE, "go to louisas door"), "already_there", true);
        expect(play.say(ALICE, "go to the shop"), "already_there", true);
        expect(play.say(ALICE, "go to the house"), "ambiguous", false);
        expect(play.say(ALICE, "go to the moon"), "unknown_destination", false);
        expect(play.say(ALICE, "go"), "missing", false);
    }

    @Test
    void goingToAnotherZoneEndsInItsFirstArea() {
        expect(play.act(ALICE, "go", "destination", "clearing"), "success", true);

        assertThat(play.own(ALICE, "/current_location")).isEqualTo(Json.of("clearing"));
        assertThat(play.own(ALICE, "/current_area")).isEqualTo(Json.of("moss"));
        expect(play.say(ALICE, "go to the counter"), "unknown_destination", false);
    }

    @Test
    void whereCoordinatesDecideTheZoneOneGoesThereOnFootUnlessNamesWillDo() {
        Play onFoot = new Play(Glade.experience(JsonObject.of("gps_based", Json.of(true))));
        expect(onFoot.say(ALICE, "go to the clearing"), "unknown_destination", false);

        Play byName =
                new Play(
                        Glade.experience(
                                JsonObject.of(
                                        "gps_based",
                                        Json.of(true),
                                        "travel_by_name",
                                        Json.of(true))));
        expect(byName.say(ALICE, "go to the clearing"), "success", true);
    }

    @Test
    void aPlayerWithoutAnAreaIsInAllOfItsZone() {
        play.say(ALICE, "go to the counter");
        play.change(replace(Part.own(ALICE.user()), "/current_area", JsonNull.NULL));

        expect(play.act(ALICE, "collect_item", "instance_id", "lens_1"), "success", true);
        expect(play.say(ALICE, "examine Louisa"), "success", true);
    }

    @Test
    void aPlayerWhoIsNowhereIsToldSoAndCanLeave() {
        play.say(ALICE, "go to the counter");
        play.change(replace(Part.own(ALICE.user()), "/current_location", Json.of("gone")));

        expect(play.say(ALICE, "look"), "nothing", true);
        expect(play.say(ALICE, "take the lens"), "not_here", false);
        expect(play.say(ALICE, "go to the clearing"), "success", true);
    }

    @Test
    void talkingSaysTheLineThatFits() {
        play.say(ALICE, "go to the counter");

        assertThat(play.say(ALICE, "talk to Woander").message())
                .isEqualTo("Woander says: “Welcome, alice!”");
        assertThat(play.say(ALICE, "ask Woander about the tax").message())
                .isEqualTo("Woander says: “Now that is a question!”");
        assertThat(play.say(ALICE, "ask Woander about Louisa").message())
                .isEqualTo("Woander says: “She weaves.”");
        assertThat(play.act(ALICE, "talk", "npc_id", "woander_1", "topic", "goodbye").message())
                .isEqualTo("Woander says: “Off already?”");
        expect(play.say(ALICE, "talk to Louisa"), "not_here", false);
        play.say(ALICE, "go to the shelf");
        expect(play.say(ALICE, "talk"), "missing", false);
    }

    @Test
    void theOnlyOneHereNeedsNoNameAndMayBeToldMore() {
        play.say(ALICE, "go to the counter");

        Stream.of("hello", "talk to him", "hello Woander, how are you today?")
                .forEach(line ->
                        assertThat(play.say(ALICE, line).message())
                                .as(line)
                                .isEqualTo("Woander says: “Welcome, alice!”"));
        assertThat(play.say(ALICE, "hello Woander, who is Louisa?").message())
                .isEqualTo("Woander says: “She weaves.”");
    }

    @Test
    void aPronounMeansTheOnlyThingOrAsksWhichOne() {
        expect(play.say(ALICE, "take it"), "ambiguous", false);
        play.say(ALICE, "take the lens");
        expect(play.say(ALICE, "drop it"), "success", true);
        play.say(ALICE, "go to the void");
        expect(play.say(ALICE, "take it"), "not_here", false);
    }

    @Test
    void anAnswerNamesTheItemThatWasAskedForEvenIfItIsNotThere() {
        ActionResult result = play.act(ALICE, "collect_item", "item_id", "Bottle_99");

        expect(result, "not_here", false);
        assertThat(result.itemId()).isEqualTo("Bottle_99");
        assertThat(result.arguments()).isEqualTo(JsonObject.of("item_id", Json.of("Bottle_99")));
        assertThat(play.act(ALICE, "collect_item", "item_id", "x".repeat(200)).itemId()).isNull();
    }

    @Test
    void aPlayersPartMayLackEveryMemberThatIsNotNeededYet() {
        play.change(
                new Change.Add(
                        Part.own(ALICE.user()),
                        Pointer.ROOT,
                        Glade.object(
                                "current_location", Json.of("shop"),
                                "current_area", Json.of("shelf"),
                                "inventory", JsonNull.NULL)));

        expect(play.say(ALICE, "inventory"), "empty", true);
        expect(play.say(ALICE, "take the peaceful bottle"), "success", true);
        expect(play.say(ALICE, "go to the house of the spiral"), "success", true);
        expect(play.say(ALICE, "return the bottle"), "success", true);
        assertThat(play.own(ALICE, "/trust/louisa_1")).isEqualTo(Json.of(25));
    }

    @Test
    void whatNobodyUnderstandsIsAnsweredWithWhatCanBeDone() {
        ActionResult result = play.say(ALICE, "dance a jig");

        expect(result, ActionResult.NOT_UNDERSTOOD, false);
        assertThat(result.understood()).isFalse();
        assertThat(result.message())
                .startsWith("Try one of these: drop, examine")
                .doesNotContain("@");
    }

    @Test
    void anActionThatIsNotInstalledMayBeInThePlayersOwnWords() {
        expect(play.act(ALICE, "collect the peaceful bottle"), "success", true);
        expect(play.act(ALICE, "levitate"), ActionResult.NOT_UNDERSTOOD, false);
    }

    @Test
    void aMessageThatIsTooLongIsRefusedInWords() {
        expect(play.say(ALICE, "take " + "x".repeat(4_000)), "too_long", false);
    }

    @Test
    void whatAPlayerSaysIsNeverTakenForAPlaceholder() {
        assertThat(play.say(ALICE, "take {description} $1 \\").message())
                .isEqualTo("No description 1 is here, alice.");
    }

    @Test
    void adminsAloneTendTheWorld() {
        Stream.of("@spawn lens", "@remove lens_1", "@teleport moss", "@where lens_1")
                .forEach(line -> expect(play.say(ALICE, line), "forbidden", false));
        expect(play.act(ALICE, "spawn", "template", "lens"), "forbidden", false);
        expect(play.act(ALICE, "@remove", "instance_id", "lens_1"), "forbidden", false);
    }

    @Test
    void anAdminMakesItems() {
        ActionResult here = play.say(ADMIN, "@spawn lens");
        expect(here, "success", true);
        assertThat(here.itemId()).isEqualTo("lens_2");
        assertThat(play.shared(SHELF + "/lens_2/semantic_name")).isEqualTo(Json.of("scrying lens"));

        assertThat(play.say(ADMIN, "@spawn dream_bottle at ring of moss").message())
                .isEqualTo("Made dream bottle (dream_bottle_2) at Ring of Moss.");
        expect(play.say(ADMIN, "@spawn dragon"), "unknown_template", false);
        expect(play.say(ADMIN, "@spawn lens at moon"), "unknown_destination", false);
        expect(play.say(ADMIN, "@spawn"), "missing", false);
        expect(play.say(ADMIN, "@spawn lens at void"), "no_room", false);
    }

    @Test
    void anAdminFindsAndRemovesThingsWhereverTheyAre() {
        play.say(ALICE, "take the lens");

        assertThat(play.say(ADMIN, "@where lens").message())
                .isEqualTo("scrying lens (lens_1): carried by alice.");
        assertThat(play.say(ADMIN, "@where Louisa").message())
                .isEqualTo("Louisa (louisa_1): Main Fairy Door, The Little Shop.");
        expect(play.say(ADMIN, "@remove bottle"), "ambiguous", false);
        expect(play.say(ADMIN, "@remove lens_1"), "success", true);
        assertThat(play.own(ALICE, "/inventory")).isEqualTo(JsonArray.EMPTY);
        expect(play.say(ADMIN, "@where lens_1"), "not_here", false);
        expect(play.say(ADMIN, "@remove lens_1"), "not_here", false);
    }

    @Test
    void anAdminComesToAnyPlace() {
        expect(play.say(ADMIN, "@teleport ring of moss"), "success", true);
        expect(play.say(ADMIN, "@teleport ring of moss"), "already_there", true);
        expect(play.say(ADMIN, "@teleport atlantis"), "unknown_destination", false);
        expect(play.say(ADMIN, "@teleport"), "missing", false);
    }

    private ActionResult act(String action, String item, String name, String value) {
        return play.act(ALICE, action, "instance_id", item, name, value);
    }

    private static Change replace(Part part, String pointer, Json value) {
        return new Change.Replace(part, Pointer.parse(pointer), value);
    }

    private static void expect(@Nullable ActionResult result, String code, boolean success) {
        assertThat(result).isNotNull();
        assertThat(result.code()).as(result.message()).isEqualTo(code);
        assertThat(result.success()).as(result.code()).isEqualTo(success);
        assertThat(result.message()).isNotBlank().doesNotContain("{", "}", "So be it");
    }
}
