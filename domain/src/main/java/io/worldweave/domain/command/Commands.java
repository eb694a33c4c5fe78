package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.WorldState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides requests: finds the installed command that is meant, and what it comes to in a state of
 * the world.
 *
 * <p>Thread-safe: it keeps nothing, and the same arguments give the same decision.
 */
public final class Commands {
    private static final String NOT_UNDERSTOOD_TEXT =
            "I do not know how to do that here. What I do know: {commands}.";
    private static final String TOO_LONG = "too_long";
    private static final String TOO_LONG_TEXT =
            "That was more than I can take in at once. Say it in fewer words, and I am all ears.";

    /** Returns the names of the actions that commands can have. */
    public static Set<String> actions() {
        return Action.BY_NAME.keySet();
    }

    /**
     * Returns what {@code request} comes to in {@code state}. The changes of the decision apply to
     * that state; on a newer one the request is to be decided again.
     */
    public Decision decide(Experience experience, WorldState state, Identity who, Request request) {
        if (words(request).length() > Request.Spoken.LENGTH_LIMIT) {
            return refused(experience, TOO_LONG, TOO_LONG_TEXT);
        }
        Reading reading = read(installed(experience), request);
        Action action = reading == null ? null : Action.named(reading.command().action());
        if (reading == null || action == null) {
            JsonObject texts = experience.config().object("texts");
            return refused(
                    experience,
                    ActionResult.NOT_UNDERSTOOD,
                    texts.text("not_understood", NOT_UNDERSTOOD_TEXT));
        }
        Call call =
                new Call(Scene.of(experience, state, who), reading.command(), reading.arguments());
        return mayRun(who, reading.command()) ? action.run(call) : call.reply("forbidden").decide();
    }

    /** Returns the action that the request asks for, or null if it is not understood. */
    public @Nullable String actionOf(Experience experience, Request request) {
        Reading reading =
                words(request).length() > Request.Spoken.LENGTH_LIMIT
                        ? null
                        : read(installed(experience), request);
        return reading == null ? null : reading.command().action();
    }

    private static String words(Request request) {
        return switch (request) {
            case Request.Spoken spoken -> spoken.message();
            case Request.Structured structured -> structured.action();
        };
    }

    private static List<CommandSpec> installed(Experience experience) {
        return experience.commands().values().stream()
                .sorted(Comparator.comparing(CommandSpec::name))
                .toList();
    }

    private static boolean mayRun(Identity who, CommandSpec command) {
        return who.isAdmin() || !(command.admin() || Action.FOR_ADMINS.contains(command.action()));
    }

    /** An action that is not installed by that name may be a command in the player's own words. */
    private static @Nullable Reading read(List<CommandSpec> commands, Request request) {
        if (request instanceof Request.Structured structured) {
            CommandSpec command = named(commands, structured.action());
            if (command != null) {
                return new Reading(
                        command,
                        Arguments.structured(command.parameters(), structured.arguments()));
            }
        }
        return SpokenReader.read(commands, words(request));
    }

    private static @Nullable CommandSpec named(List<CommandSpec> commands, String action) {
        for (CommandSpec command : commands) {
            if (CommandSchemas.structuredName(command).equals(action)) {
                return command;
            }
        }
        for (CommandSpec command : commands) {
            if (command.name().equals(action) || command.action().equals(action)) {
                return command;
            }
        }
        return null;
    }

    private static Decision refused(Experience experience, String code, String text) {
        List<String> commands =
                experience.playerCommands().stream().map(CommandSpec::name).toList();
        JsonArray names = new JsonArray(commands.stream().<Json>map(Json::of).toList());
        String said =
                Texts.fill(text, Map.of("commands", Texts.list(commands, "and", "nothing at all")));
        return Decision.of(
                new ActionResult(
                        "",
                        false,
                        code,
                        said,
                        null,
                        JsonObject.EMPTY,
                        JsonObject.of("commands", names)));
    }
}
