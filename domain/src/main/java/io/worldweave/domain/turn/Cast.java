package io.worldweave.domain.turn;

import io.worldweave.domain.play.Talks;
import org.jspecify.annotations.Nullable;

/**
 * Who tells the story.
 *
 * @param understudy tells what the narrator could not, if it has written nothing; null if nobody
 *     does
 * @param talks keeps what was said, for narrators that make something of it; null if none does
 */
public record Cast(
        Narrator narrator,
        @Nullable Narrator understudy,
        NarratorLimits limits,
        @Nullable Talks talks) {
    /** A narrator that takes its own time and never fails. */
    public static Cast script(Narrator narrator) {
        return new Cast(narrator, null, NarratorLimits.OF_A_SCRIPT, null);
    }
}
