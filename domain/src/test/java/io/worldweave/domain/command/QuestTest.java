package io.worldweave.domain.command;

import static io.worldweave.domain.command.Play.ALICE;
import static io.worldweave.domain.command.Play.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestTest {
    private final Play play = new Play(Glade.experience());

    @Test
    void aQuestIsPlayedFromItsOfferToItsEnd() {
        play.say(ALICE, "go to the fairy door");
        assertThat(play.say(ALICE, "talk to Louisa").message())
                .isEqualTo("Louisa says: “Have you come to help, alice?” A page turns over.");
        assertThat(play.own(ALICE, "/quests/muddle")).isEqualTo(log("active"));
        assertThat(play.say(ALICE, "talk to Louisa").message())
                .isEqualTo("Louisa says: “0 of 2. Missing: spiral and star.”");
        assertThat(play.last().changes()).isEmpty();

        play.say(ALICE, "go to the shelf");
        play.say(ALICE, "take the peaceful bottle");
        assertThat(play.say(ALICE, "return the peaceful bottle").code()).isEqualTo("no_place_here");
        play.say(ALICE, "go to the house of the star");
        ActionResult mismatch = play.say(ALICE, "return the peaceful bottle");
        assertThat(mismatch.code()).isEqualTo("mismatch");
        assertThat(mismatch.message()).isEqualTo("The seal shows a spiral.");
        play.say(ALICE, "go to the house of the spiral");
        assertThat(play.say(ALICE, "return the peaceful bottle").message())
                .isEqualTo("The spiral lights up: 1 of 2, not star.");
        assertThat(play.own(ALICE, "/quests/muddle")).isEqualTo(log("active", "spiral"));
        assertThat(play.own(ALICE, "/trust/louisa_1")).isEqualTo(Json.of(25));
        assertThat(play.last().profile()).isEqualTo(JsonObject.EMPTY);

        play.say(ALICE, "go to the shelf");
        play.say(ALICE, "take the adventurous bottle");
        play.say(ALICE, "go to the house of the star");
        ActionResult complete = play.say(ALICE, "bring back the adventurous bottle");
        assertThat(complete.message()).isEqualTo("All 2 are home.");
        assertThat(play.own(ALICE, "/quests/muddle")).isEqualTo(log("completed", "spiral", "star"));
        assertThat(play.own(ALICE, "/trust/louisa_1")).isEqualTo(Json.of(50));
        assertThat(play.last().profile())
                .isEqualTo(
                        JsonObject.of(
                                "completed_quests", JsonObject.of("glade/muddle", Json.of(true))));

        play.say(ALICE, "go to the fairy door");
        assertThat(play.say(ALICE, "talk to Louisa").message())
                .isEqualTo("Louisa says: “Sleep well.”");
    }

    @Test
    void whatIsHomeStaysThere() {
        bringHome("peaceful bottle", "house of the spiral");

        assertThat(play.say(BOB, "go to the house of the spiral").success()).isTrue();
        assertThat(play.say(BOB, "take the bottle").code()).isEqualTo("not_collectible");
    }

    @Test
    void whatIsBroughtHomeBeforeTheQuestIsOfferedCounts() {
        bringHome("peaceful bottle", "house of the spiral");

        assertThat(play.own(ALICE, "/quests/muddle")).isEqualTo(log("active", "spiral"));
        assertThat(play.own(BOB, "/quests/muddle")).isNull();
    }

    @Test
    void theSameAgainIsWelcomeAndCountsNoMore() {
        bringHome("peaceful bottle", "house of the spiral");
        play.say(ALICE, "go to the shelf");
        play.change(
                new Change.Add(
                        Part.own(ALICE.user()),
                        Pointer.parse("/inventory/bottle_7"),
                        Glade.bottle("bottle_7", "quiet bottle", "spiral")));
        play.say(ALICE, "go to the house of the spiral");

        assertThat(play.say(ALICE, "return the quiet bottle").message())
                .isEqualTo("The spiral has its dream.");
        assertThat(play.own(ALICE, "/trust/louisa_1")).isEqualTo(Json.of(25));
        assertThat(play.own(ALICE, "/inventory")).isEqualTo(JsonArray.EMPTY);
    }

    @Test
    void whatNoQuestAndNoSymbolSpeaksOfBelongsNowhere() {
        play.say(ALICE, "take the lens");
        play.say(ALICE, "go to the house of the star");

        assertThat(play.say(ALICE, "return the lens").code()).isEqualTo("no_place_here");
        assertThat(play.say(ALICE, "return the hat").code()).isEqualTo("not_in_inventory");
        assertThat(play.say(ALICE, "return").code()).isEqualTo("missing");
    }

    @Test
    void aTopicNamedLastIsTheOneThatIsMeant() {
        play.say(ALICE, "go to the fairy door");

        assertThat(play.say(ALICE, "ask Louisa about the dream bottles").message())
                .contains("I seal them.");
        assertThat(play.say(ALICE, "ask Louisa about dreams").message()).contains("I spin them.");
        assertThat(play.say(ALICE, "ask Louisa about tax").message()).contains("lint");
        assertThat(play.own(ALICE, "/quests/muddle")).isNull();
    }

    private void bringHome(String item, String house) {
        play.say(ALICE, "take the " + item);
        play.say(ALICE, "go to the " + house);
        assertThat(play.say(ALICE, "return the " + item).code()).isEqualTo("success");
    }

    private static JsonObject log(String status, String... returned) {
        List<Json> values = List.of(returned).stream().<Json>map(Json::of).toList();
        return JsonObject.of("status", Json.of(status), "returned", new JsonArray(values))
                .with("progress", Json.of(returned.length))
                .with("goal", Json.of(2));
    }
}
