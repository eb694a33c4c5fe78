package io.worldweave.domain.live;

import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who saw one state of a world wants to commit to it.
 *
 * @param changes none if nothing is to change
 * @param cause what makes it happen, such as {@code command:collect_item}
 * @param result what to tell whoever asked, once the changes are durable
 * @param receipt what a repetition is told; kept with the changes, so there is none if there are
 *     none
 */
public record Proposal<R>(List<Change> changes, String cause, R result, @Nullable Receipt receipt) {
    public Proposal {
        changes = List.copyOf(changes);
    }

    /** Makes a proposal that a repetition would make again. */
    public Proposal(List<Change> changes, String cause, R result) {
        this(changes, cause, result, null);
    }
}
