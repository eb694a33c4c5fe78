package io.worldweave.filestore.content;

import static io.worldweave.domain.command.Play.ADMIN;
import static io.worldweave.domain.command.Play.ALICE;
import static io.worldweave.domain.command.Play.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Play;
import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plays the experiences that come with the service, as their files are, by spoken lines. */
final class WyldingWoodsPlaythroughTest {
    private static final FileExperiences SHIPPED =
            new FileExperiences(Path.of("../experiences"), Commands.actions(), invalid -> {});

    private final Play play = new Play(shipped("wylding-woods"));

    @Test
    void theWorldIsPlayedToItsEnd() {
        says("look around", "peaceful dream bottle", "Main Fairy Door", "The Clearing");
        says("check my inventory", "lint");
        says("go to the counter", "A counter of blue oak");
        says("hello Woander!", "Welcome, welcome, alice!");
        says("talk to Woander about the bottles", "Match the sign to a fairy house");
        says("go to fairy door main", "a round green door");
        says("talk to Louisa", "have you come to help?", "A new page turns over");
        says("talk to Louisa", "0 of 4", "spiral, star, moon and sun");

        fetch("display shelf", "take the peaceful dream bottle", "The light inside leans");
        bring("spiral house", "return the peaceful dream bottle", "1 of 4");
        fetch("window", "grab the adventurous bottle", "ruby glass");
        fails("return the adventurous bottle", "no_place_here");
        says("go to the moon house", "birch bark");
        fails("return the adventurous bottle", "mismatch");
        bring("star house", "bring back the adventurous bottle", "2 of 4");
        fetch("corner nook", "pick the joyful bottle up", "silver glass");
        bring("moon house", "return joyful", "3 of 4");
        says("go to fairy door main", "green door");
        says("ask Louisa about Neebling", "nearly done being angry");
        says("talk to Louisa", "3 of 4", "Still awake: sun.");
        fetch("book alcove", "please take the whimsical dream bottle", "golden glass");
        says("examine the almanac", "A fat almanac");
        bring("fairy house of the sun", "return the bottle", "All 4 dreams are home.");

        assertThat(play.last().profile())
                .isEqualTo(
                        JsonObject.of(
                                "completed_quests",
                                JsonObject.of("wylding-woods/neeblings_muddle", Json.of(true))));
        assertThat(play.own(ALICE, "/quests/neeblings_muddle/status"))
                .isEqualTo(Json.of("completed"));
        assertThat(play.own(ALICE, "/trust/louisa_1")).isEqualTo(Json.of(100));
        assertThat(play.own(ALICE, "/inventory")).isEqualTo(JsonArray.EMPTY);
        says("go to the fairy door", "green door");
        says("talk to Louisa", "Four houses, fast asleep");
    }

    @Test
    void theClearingIsReachedByName() {
        fetch("shelf", "take the scrying lens", "honest things");
        says("go to the clearing", "Ring of Moss");
        says("go to the hollow oak", "hiccups");
        says("hi Neebling", "There is nobody in this tree!");
        says("give Neebling the scrying lens", "Nobody gives me things");
        says("go to Woander's Magical Shop", "Entrance");
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredInTheShopsOwnVoice() {
        ActionResult result = play.say(ALICE, "sing me a sea shanty");

        assertThat(result.code()).isEqualTo(ActionResult.NOT_UNDERSTOOD);
        assertThat(result.message()).contains("creaks thoughtfully", "take, talk and use");
    }

    @Test
    void whatOnePlayerTakesTheOtherMisses() {
        says("take the peaceful dream bottle", "pale blue glass");

        assertThat(play.say(BOB, "take the peaceful dream bottle").message())
                .contains("Perhaps someone was quicker");
    }

    @Test
    void everyExampleOfEveryCommandIsUnderstoodAsThatCommand() {
        for (Experience experience : SHIPPED.all()) {
            Play examples = new Play(experience);
            for (CommandSpec command : experience.commands().values()) {
                for (String example : command.examples()) {
                    ActionResult result = examples.say(ADMIN, example);
                    assertThat(result.action().replace("@", ""))
                            .as("%s: %s", experience.id(), example)
                            .isIn(command.action(), command.name().replace("@", ""));
                    assertThat(result.message()).isNotBlank().doesNotContain("{");
                }
            }
        }
    }

    @Test
    void theLanternRoomHasItsOwnEvening() {
        Play room = new Play(shipped("lantern-room"));

        for (String line :
                List.of(
                        "look around",
                        "talk to Maro about the sea",
                        "take the storm lantern",
                        "use the storm lantern",
                        "go to the gallery",
                        "drop the storm lantern",
                        "inventory")) {
            assertThat(room.say(ALICE, line).success()).as(line).isTrue();
        }
    }

    private void fetch(String area, String line, String answer) {
        assertThat(play.say(ALICE, "go to the " + area).understood()).isTrue();
        says(line, answer);
    }

    private void bring(String house, String line, String answer) {
        says("go to the " + house, "Fairy House");
        says(line, answer);
    }

    private void says(String line, String... answer) {
        ActionResult result = play.say(ALICE, line);
        assertThat(result.success()).as("%s: %s", line, result).isTrue();
        assertThat(result.message()).as(line).contains(answer).doesNotContain("{", "}");
    }

    private void fails(String line, String code) {
        assertThat(play.say(ALICE, line).code()).as(line).isEqualTo(code);
    }

    private static Experience shipped(String name) {
        return SHIPPED.all().stream()
                .filter(experience -> experience.id().value().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
