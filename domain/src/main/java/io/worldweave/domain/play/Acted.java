package io.worldweave.domain.play;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.world.Change;
import java.util.List;

/**
 * What a request of a player came to.
 *
 * @param revision the revision of {@code world} that shows it
 * @param changes what was committed; none if nothing changed
 */
public record Acted(ActionResult result, LiveWorld world, long revision, List<Change> changes) {
    public Acted {
        changes = List.copyOf(changes);
    }

    /** Without the changes, where they are not known any more. */
    public Acted(ActionResult result, LiveWorld world, long revision) {
        this(result, world, revision, List.of());
    }
}
