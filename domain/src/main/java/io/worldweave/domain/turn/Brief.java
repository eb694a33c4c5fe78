package io.worldweave.domain.turn;

import io.worldweave.domain.command.Tool;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.util.List;

/**
 * What a narrator that thinks is told beside the scene itself.
 *
 * @param delta what changed by the player's command, in the player's view
 * @param view what the player sees and carries
 * @param personas how the characters speak that are here
 * @param conversation what was said before, the oldest first
 * @param tools what the narrator may ask for; none if a command was understood already
 * @param rounds what it asked for in this turn so far, and what came of it
 * @param lastRound whether it must tell now, and ask for nothing more
 */
public record Brief(
        Tier tier,
        Json delta,
        JsonObject view,
        List<String> personas,
        List<Exchange> conversation,
        List<Tool> tools,
        List<Round> rounds,
        boolean lastRound) {

    /** Nothing: enough for a script. */
    public static final Brief NONE =
            new Brief(
                    Tier.COMMAND,
                    JsonArray.EMPTY,
                    JsonObject.EMPTY,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    false);

    /** A message of the player and what answered it. */
    public record Exchange(String message, String answer) {}

    /**
     * What a narrator said and asked for, and what it was told.
     *
     * @param words what it wrote meanwhile
     */
    public record Round(String words, List<Answer> answers) {
        public Round {
            answers = List.copyOf(answers);
        }
    }

    /**
     * What came of one call.
     *
     * @param arguments as the narrator gave them; empty if they could not be read
     */
    public record Answer(String id, String tool, JsonObject arguments, JsonObject result) {}

    public Brief {
        personas = List.copyOf(personas);
        conversation = List.copyOf(conversation);
        tools = List.copyOf(tools);
        rounds = List.copyOf(rounds);
    }

    Brief with(List<Round> more, boolean last) {
        return new Brief(tier, delta, view, personas, conversation, tools, more, last);
    }
}
