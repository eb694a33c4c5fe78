package io.worldweave.domain.live;

import io.worldweave.domain.world.Change;
import java.util.List;

/**
 * What somebody who saw one state of a world wants to commit to it.
 *
 * @param changes none if nothing is to change
 * @param cause what makes it happen, such as {@code command:collect_item}
 * @param result what to tell whoever asked, once the changes are durable
 */
public record Proposal<R>(List<Change> changes, String cause, R result) {
    public Proposal {
        changes = List.copyOf(changes);
    }
}
