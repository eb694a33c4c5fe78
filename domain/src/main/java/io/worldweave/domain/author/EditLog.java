package io.worldweave.domain.author;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of the last edits of each experience on this node, for authors to read.
 *
 * <p>Thread-safe; never blocks for long.
 */
public final class EditLog {
    /** Of so many worlds is told what an edit came to; further ones are counted. */
    public static final int WORLDS_LIMIT = 100;

    private final LongSupplier unixMillis;
    private final int limit;
    private final Map<ExperienceId, Deque<Noted>> byExperience = new HashMap<>();

    /**
     * Begins without edits.
     *
     * @param limit how many are kept of an experience, from 1
     */
    public EditLog(LongSupplier unixMillis, int limit) {
        this.unixMillis = unixMillis;
        this.limit = limit;
    }

    /**
     * What an edit came to in one world.
     *
     * @param world whose
     */
    public record InWorld(WorldId world, Merge merge) {}

    /**
     * One edit.
     *
     * @param unixMillis when it was read
     * @param files that had changed; none if they did before this node began
     * @param faults why it counts for nothing; none if it does
     * @param worlds that it changed, or would have but for collisions; the first of them
     * @param worldCount how many these are
     */
    public record Entry(
            long unixMillis,
            List<String> files,
            List<Fault> faults,
            List<InWorld> worlds,
            int worldCount) {
        public Entry {
            files = List.copyOf(files);
            faults = List.copyOf(faults);
            worlds = List.copyOf(worlds);
        }
    }

    /** An entry that may grow. */
    private static final class Noted {
        private final long unixMillis;
        private final @Nullable Experience version;
        private final List<Fault> faults;
        private final List<InWorld> worlds = new ArrayList<>();
        private List<String> files;
        private int worldCount;

        Noted(
                long unixMillis,
                @Nullable Experience version,
                List<String> files,
                List<Fault> faults) {
            this.unixMillis = unixMillis;
            this.version = version;
            this.files = files;
            this.faults = faults;
        }

        Entry entry() {
            return new Entry(unixMillis, files, faults, worlds, worldCount);
        }
    }

    /** Notes an edit that is valid: {@code version} is what the files make now. */
    public synchronized void valid(Experience version, List<String> files) {
        noted(version).files = List.copyOf(files);
    }

    /** Notes an edit that counts for nothing. */
    public synchronized void invalid(
            ExperienceId experience, List<String> files, List<Fault> faults) {
        add(experience, new Noted(unixMillis.getAsLong(), null, files, faults));
    }

    /** Notes what a version came to in a world. */
    public synchronized void merged(Experience version, WorldId world, Merge merge) {
        Noted noted = noted(version);
        noted.worldCount++;
        if (noted.worlds.size() < WORLDS_LIMIT) {
            noted.worlds.add(new InWorld(world, merge));
        }
    }

    /** Returns the last edits, the latest first. */
    public synchronized List<Entry> of(ExperienceId experience) {
        Deque<Noted> edits = byExperience.get(experience);
        return edits == null ? List.of() : edits.stream().map(Noted::entry).toList();
    }

    /** A world may be merged before its edit is noted: by whoever comes to it just then. */
    @SuppressWarnings("ReferenceEquality") // one that was read again is another version
    private Noted noted(Experience version) {
        Deque<Noted> edits = byExperience.get(version.id());
        if (edits != null) {
            for (Noted edit : edits) {
                if (edit.version == version) {
                    return edit;
                }
            }
        }
        Noted edit = new Noted(unixMillis.getAsLong(), version, List.of(), List.of());
        add(version.id(), edit);
        return edit;
    }

    private void add(ExperienceId experience, Noted edit) {
        Deque<Noted> edits = byExperience.computeIfAbsent(experience, _ -> new ArrayDeque<>());
        edits.addFirst(edit);
        if (edits.size() > limit) {
            edits.removeLast();
        }
    }
}
