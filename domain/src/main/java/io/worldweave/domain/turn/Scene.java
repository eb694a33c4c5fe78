package io.worldweave.domain.turn;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.WorldState;

/**
 * What a narrator is told: who said what, what came of it, and the world after it.
 *
 * @param state the whole world; what the narrator tells of it must be in the player's view
 * @param brief what a narrator is told that can make something of it
 */
public record Scene(
        Experience experience,
        Identity player,
        String message,
        ActionResult result,
        WorldState state,
        Brief brief) {

    Scene with(ActionResult other, WorldState after) {
        return new Scene(experience, player, message, other, after, brief);
    }

    Scene with(Brief other) {
        return new Scene(experience, player, message, result, state, other);
    }
}
