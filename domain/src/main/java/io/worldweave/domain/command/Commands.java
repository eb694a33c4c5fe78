package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Map;

/**
 * Decides requests: finds the installed command that is meant, and what it comes to in a state of
 * the world.
 *
 * <p>Thread-safe: it keeps nothing, and the same arguments give the same decision.
 */
public final class Commands {
    private static final String NOT_UNDERSTOOD =
            "I do not know how to do that here. What I do know: {commands}.";

    /**
     * Returns what {@code request} comes to in {@code state}. The changes of the decision apply to
     * that state; on a newer one the request is to be decided again.
     */
    public Decision decide(Experience experience, WorldState state, Identity who, Request request) {
        return notUnderstood(experience);
    }

    private static Decision notUnderstood(Experience experience) {
        List<String> commands =
                experience.playerCommands().stream().map(CommandSpec::name).toList();
        String text = experience.config().object("texts").text("not_understood", NOT_UNDERSTOOD);
        return Decision.of(
                new ActionResult(
                        "",
                        false,
                        ActionResult.NOT_UNDERSTOOD,
                        Texts.fill(
                                text,
                                Map.of("commands", Texts.list(commands, "and", "nothing at all"))),
                        null,
                        JsonObject.EMPTY,
                        JsonObject.EMPTY));
    }
}
