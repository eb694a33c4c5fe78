package io.worldweave.domain.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever is asked, worlds stay whole. A failure names its seed; {@code -Dseed=N} repeats it. */
class CommandsPropertyTest {
    private static final int WORLDS = Boolean.getBoolean("long") ? 2_000 : 40;
    private static final int REQUESTS = 250;

    private static final List<Identity> PLAYERS =
            List.of(Play.ALICE, Play.BOB, Play.player("player@example.com"));
    private static final List<String> WORDS =
            List.of(
                    "take",
                    "drop",
                    "use",
                    "give",
                    "return",
                    "examine",
                    "inventory",
                    "talk",
                    "look",
                    "go",
                    "to",
                    "about",
                    "with",
                    "help",
                    "pick",
                    "up",
                    "put",
                    "down",
                    "the",
                    "all",
                    "peaceful",
                    "adventurous",
                    "dream",
                    "bottle",
                    "bottles",
                    "lens",
                    "cat",
                    "ghost",
                    "woander",
                    "louisa",
                    "bob",
                    "alice",
                    "player@example.com",
                    "shelf",
                    "counter",
                    "door",
                    "house",
                    "spiral",
                    "star",
                    "void",
                    "corner",
                    "clearing",
                    "moss",
                    "shop",
                    "@spawn",
                    "@remove",
                    "@teleport",
                    "@where",
                    "at",
                    "bottle_1",
                    "lens_1",
                    "i",
                    "?",
                    "{item}",
                    "$1",
                    "\\",
                    ".*",
                    "\u0000",
                    "\u202e",
                    "🧚",
                    "ﷺ",
                    "\uD83C",
                    "'",
                    "\n");
    private static final List<String> LINES =
            List.of(
                    "take the peaceful bottle",
                    "take the adventurous bottle",
                    "take the lens",
                    "drop the lens",
                    "drop the peaceful bottle",
                    "give the lens to bob",
                    "give alice the lens",
                    "give the peaceful bottle to alice",
                    "give the lens to louisa",
                    "give the adventurous bottle to woander",
                    "return the peaceful bottle",
                    "return the adventurous bottle",
                    "go to the shelf",
                    "go to the counter",
                    "go to the fairy door",
                    "go to the void",
                    "go to the house of the spiral",
                    "go to the house of the star",
                    "go to the clearing",
                    "go to the little shop",
                    "go to the bare corner",
                    "talk to louisa",
                    "ask louisa about dreams",
                    "talk to woander");
    private static final List<String> ACTIONS =
            List.of(
                    "collect_item",
                    "drop_item",
                    "use_item",
                    "give_item",
                    "return_item",
                    "examine",
                    "inventory",
                    "go",
                    "talk",
                    "look",
                    "help",
                    "@spawn",
                    "spawn",
                    "@remove",
                    "x");
    private static final List<String> ARGUMENTS =
            List.of(
                    "instance_id",
                    "item_id",
                    "destination",
                    "target_npc_id",
                    "target_user_id",
                    "npc_id",
                    "topic",
                    "item",
                    "template");

    @Test
    @DisplayName("I7: requests never throw, keep to the player's own part, and lose no item")
    void worldsStayWholeWhateverIsAsked() {
        Long only = Long.getLong("seed");
        for (long seed = 0; seed < (only == null ? WORLDS : 1); seed++) {
            play(only == null ? seed : only);
        }
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        Experience experience =
                Glade.experience(JsonObject.of("gps_based", Json.of(random.nextBoolean())));
        Play play = new Play(experience);
        List<String> items = items(play);
        for (int i = 0; i < REQUESTS; i++) {
            Identity who = PLAYERS.get(random.nextInt(PLAYERS.size()));
            Request request = request(random);
            try {
                ActionResult result = play.run(who, request);
                check(who, result, play.last());
                assertThat(items(play)).containsExactlyInAnyOrderElementsOf(items);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("-Dseed=" + seed + ": " + who + " " + request, failure);
            }
        }
    }

    private static void check(Identity who, ActionResult result, Decision decision) {
        assertThat(result.message()).isNotBlank().doesNotContain("\u0000");
        assertThat(result.message().length()).isLessThan(2 * Request.Spoken.LENGTH_LIMIT);
        if (!result.success()) {
            assertThat(decision.changes()).isEmpty();
        }
        for (Change change : decision.changes()) {
            if (change.part() instanceof Part.Own own && !own.owner().equals(who.user())) {
                assertThat(result.action()).isEqualTo("give_item");
                assertThat(change).isInstanceOf(Change.Add.class);
            }
        }
    }

    private static Request request(Random random) {
        return switch (random.nextInt(60)) {
            case 0 -> new Request.Spoken("take " + words(random, 600));
            case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> new Request.Spoken(words(random, random.nextInt(8)));
            case 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 -> structured(random);
            default -> new Request.Spoken(pick(random, LINES));
        };
    }

    private static Request structured(Random random) {
        JsonObject arguments = JsonObject.EMPTY;
        for (int i = random.nextInt(4); i > 0; i--) {
            Json value =
                    random.nextInt(5) == 0
                            ? Json.of(random.nextInt())
                            : Json.of(words(random, 1 + random.nextInt(2)));
            arguments = arguments.with(pick(random, ARGUMENTS), value);
        }
        return new Request.Structured(pick(random, ACTIONS), arguments);
    }

    private static String words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(pick(random, WORDS));
        }
        return String.join(" ", words);
    }

    private static String pick(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Returns the ids of all that stands anywhere in the world, as often as it stands there. */
    private static List<String> items(Play play) {
        List<String> ids = new ArrayList<>();
        collect(play.state().shared().content(), ids);
        play.state().players().forEach((user, document) -> collect(document.content(), ids));
        return ids;
    }

    private static void collect(Json value, List<String> ids) {
        switch (value) {
            case JsonObject object -> {
                if (object.has("template_id")) {
                    ids.add(object.text(Json.INSTANCE_ID, ""));
                }
                object.forEach((name, member) -> collect(member, ids));
            }
            case JsonCollection collection -> collection.forEach((id, item) -> collect(item, ids));
            case JsonArray array -> array.elements().forEach(element -> collect(element, ids));
            default -> {}
        }
    }
}
