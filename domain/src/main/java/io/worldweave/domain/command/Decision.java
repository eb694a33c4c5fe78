package io.worldweave.domain.command;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Change;
import java.util.List;

/**
 * What a request comes to in one state of the world.
 *
 * @param changes what is to be committed, all together; none if nothing changes
 * @param profile members to merge into the player's profile once the changes are committed; usually
 *     none
 */
public record Decision(List<Change> changes, ActionResult result, JsonObject profile) {
    public Decision {
        changes = List.copyOf(changes);
    }

    public static Decision of(ActionResult result) {
        return new Decision(List.of(), result, JsonObject.EMPTY);
    }
}
