package io.worldweave.domain.content;

import io.worldweave.domain.json.JsonObject;
import java.util.List;

/**
 * What a world does by itself, again and again: at each of its times one of the steps, in turn.
 *
 * @param id unique in its experience
 * @param steps at least one
 */
public record Schedule(String id, Times times, List<Step> steps) {
    public Schedule {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a schedule has at least one step: " + id);
        }
    }

    /** Returns the step of the time. */
    public Step stepAt(long unixMillis) {
        return steps.get((int) Math.floorMod(times.count(unixMillis), (long) steps.size()));
    }

    /** When something happens; the same on every node. */
    public interface Times {
        /** What {@link #after} returns where nothing follows. */
        long NEVER = Long.MAX_VALUE;

        /** Returns the first time after {@code unixMillis}, in Unix milliseconds. */
        long after(long unixMillis);

        /** Returns how many times there were before this one, if they can be counted; else 0. */
        default long count(long unixMillis) {
            return 0;
        }
    }

    /** One thing that happens. */
    public sealed interface Step {
        /** The shared document is changed, in the merge form. */
        record Merge(JsonObject form) implements Step {}

        /** A character or a thing goes to a spot, if it is in one. */
        record Move(String instanceId, String zone, String area, String spot) implements Step {}

        /** A command is run as by an admin who carries nothing. */
        record Run(String command) implements Step {}
    }

    /**
     * Times at equal distances, counted from the beginning of 1970.
     *
     * @param millis at least 1
     */
    public record Every(long millis) implements Times {
        public Every {
            if (millis < 1) {
                throw new IllegalArgumentException("an interval is positive: " + millis);
            }
        }

        @Override
        public long after(long unixMillis) {
            return (Math.floorDiv(unixMillis, millis) + 1) * millis;
        }

        @Override
        public long count(long unixMillis) {
            return Math.floorDiv(unixMillis, millis);
        }
    }
}
