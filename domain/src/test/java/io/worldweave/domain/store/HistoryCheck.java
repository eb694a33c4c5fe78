package io.worldweave.domain.store;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds against one another what writers asked for and were told, what readers saw, and what a
 * store says of one world, over all its crashes. Every delta bears a mark of its own.
 *
 * <p>Not thread-safe: of one test.
 */
public final class HistoryCheck {
    /** No more violations are described than this. */
    private static final int EXAMPLES = 20;

    /** A way in which a history can be wrong. */
    public enum Violation {
        /** A writer was told that it was committed, or a reader saw it, and it is not there. */
        LOST,
        /** It is there and nobody asked for it. */
        PHANTOM,
        /** A revision is missing before one that is there. */
        GAP,
        /** It is there twice. */
        DUPLICATE,
        /** It stands elsewhere than somebody was told, or the state is not what the deltas make. */
        DIVERGED
    }

    private record Told(String mark, long revision) {}

    private final Function<Delta, @Nullable String> markOf;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Long> kept = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<Violation, Integer> counts = new EnumMap<>(Violation.class);
    private final List<String> examples = new ArrayList<>();
    private long acknowledged;
    private @Nullable WorldState state;

    /**
     * Makes a check that has seen nothing.
     *
     * @param markOf gives a delta's mark, or null if it has none
     */
    public HistoryCheck(Function<Delta, @Nullable String> markOf) {
        this.markOf = markOf;
    }

    /** Notes that a writer is about to ask for a commit; more than once if it asks again. */
    public void asked(String mark) {
        asked.add(mark);
    }

    /** Notes that a writer was told that its commit was made. */
    public void told(String mark, long revision) {
        acknowledged++;
        told.add(new Told(mark, revision));
    }

    /** Notes that a reader was shown a delta. */
    public void saw(String mark, long revision) {
        told.add(new Told(mark, revision));
    }

    /** Takes what the store says, which is what everything noted since the last time must fit. */
    public void found(History history) {
        WorldState before = state == null ? history.base() : state;
        if (history.base().revision() > before.revision()) {
            violated(
                    Violation.GAP,
                    "the history begins at %d, and %d was the last that is known"
                            .formatted(history.base().revision(), before.revision()));
            before = history.base();
        }
        forget(history.base().revision() + history.deltas().size());
        WorldState after = before;
        for (Delta delta : history.deltas()) {
            after = checked(delta, after);
        }
        if (!after.equals(history.head())) {
            violated(Violation.DIVERGED, "the state is not what the deltas make: " + after);
        }
        state = history.head();
        told.forEach(this::checkTold);
        told.clear();
    }

    /** Takes that the store has no such world. */
    public void foundNothing() {
        forget(0);
        told.forEach(this::checkTold);
        told.clear();
        state = null;
    }

    /** Notes that what was kept after {@code head} is gone. */
    private void forget(long head) {
        while (order.size() > head) {
            String gone = order.removeLast();
            violated(Violation.LOST, gone + ", which was there before");
            kept.remove(gone);
        }
    }

    private WorldState checked(Delta delta, WorldState before) {
        String mark = String.valueOf(markOf.apply(delta));
        if (delta.revision() <= order.size()) {
            String known = order.get(Math.toIntExact(delta.revision() - 1));
            if (!known.equals(mark)) {
                violated(
                        Violation.DIVERGED,
                        "revision %d was %s and is %s".formatted(delta.revision(), known, mark));
            }
            return before;
        }
        while (order.size() < delta.revision() - 1) {
            order.add("");
        }
        order.add(mark);
        if (!asked.contains(mark)) {
            violated(Violation.PHANTOM, mark + " at " + delta.revision());
        }
        Long first = kept.putIfAbsent(mark, delta.revision());
        if (first != null) {
            violated(
                    Violation.DUPLICATE,
                    "%s at %d and at %d".formatted(mark, first, delta.revision()));
        }
        if (before.revision() != delta.base()) {
            return before;
        }
        return switch (before.apply(delta)) {
            case Edit.Applied<WorldState>(WorldState after) -> after;
            case Edit.Refused<WorldState> _ -> before;
        };
    }

    private void checkTold(Told one) {
        Long at = kept.get(one.mark());
        if (at == null) {
            violated(Violation.LOST, one.mark() + ", told to be at " + one.revision());
        } else if (at != one.revision()) {
            violated(
                    Violation.DIVERGED,
                    "%s is at %d, told to be at %d".formatted(one.mark(), at, one.revision()));
        }
    }

    /** Notes what somebody else found to be wrong. */
    public void violated(Violation violation, String what) {
        counts.merge(violation, 1, Integer::sum);
        if (examples.size() < EXAMPLES) {
            examples.add(violation + ": " + what);
        }
    }

    /** Returns how often something was wrong in that way. */
    public int count(Violation violation) {
        return counts.getOrDefault(violation, 0);
    }

    /** Returns how many commits writers were told of. */
    public long acknowledged() {
        return acknowledged;
    }

    /** Returns how many deltas the world was found to have. */
    public int kept() {
        return order.size();
    }

    /** Returns some of what was wrong; nothing if all was right. */
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /** Returns the counts in words: {@code 0 lost, 0 phantom, …}. */
    @Override
    public String toString() {
        StringBuilder counted = new StringBuilder();
        for (Violation violation : Violation.values()) {
            counted.append(counted.isEmpty() ? "" : ", ")
                    .append(count(violation))
                    .append(' ')
                    .append(violation.name().toLowerCase(Locale.ROOT));
        }
        return counted.toString();
    }
}
