package io.worldweave.filestore.content;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.world.ExperienceId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The experiences in a folder, each in a folder of its own; hidden folders are none.
 *
 * <p>{@link #refresh} reads again what has changed; whoever owns this calls it now and then. An
 * experience that has become invalid goes on as it last was valid.
 *
 * <p>Thread-safe. Only the constructor and {@link #refresh} block, for the time that files take.
 */
public final class FileExperiences implements Experiences {
    /** There are no more experiences than this; further folders are a problem. */
    public static final int COUNT_LIMIT = 1_000;

    /** What a folder held when it was last read. */
    private record Reading(
            @Nullable ContentFiles files,
            @Nullable Experience experience,
            List<Problem> problems) {}

    private final Path folder;
    private final Set<String> actions;
    private final Consumer<InvalidExperienceException> listener;
    private volatile Map<String, Reading> readings = Map.of();

    /**
     * Reads all the experiences.
     *
     * @param folder which holds one folder for each
     * @param actions the actions that commands may run
     * @param listener told, once for each change of its files, of an experience that {@link
     *     #refresh} found invalid
     * @throws InvalidExperienceException if one of them is invalid
     */
    public FileExperiences(
            Path folder, Set<String> actions, Consumer<InvalidExperienceException> listener) {
        this.folder = folder;
        this.actions = Set.copyOf(actions);
        this.listener = listener;
        refresh(invalid -> {
            throw invalid;
        });
    }

    /**
     * Reads again what has changed since the last time, and returns which experiences are new, gone
     * or other than they were.
     */
    public Set<ExperienceId> refresh() {
        return refresh(listener);
    }

    private synchronized Set<ExperienceId> refresh(
            Consumer<InvalidExperienceException> whenInvalid) {
        Map<String, Reading> before = readings;
        Map<String, Reading> after = new TreeMap<>();
        List<InvalidExperienceException> invalid = new ArrayList<>();
        for (String name : folderNames(before.keySet(), whenInvalid)) {
            Reading old = before.getOrDefault(name, new Reading(null, null, List.of()));
            Reading read = readAgain(name, old);
            after.put(name, read);
            if (!read.problems().isEmpty() && !read.problems().equals(old.problems())) {
                invalid.add(new InvalidExperienceException(read.problems()));
            }
        }
        readings = after;
        invalid.forEach(whenInvalid);
        return changed(before, after);
    }

    /** Returns what is wrong with experiences as they are written now. */
    public List<Problem> problems() {
        return readings.values().stream().flatMap(reading -> reading.problems().stream()).toList();
    }

    @Override
    public @Nullable Experience find(ExperienceId id) {
        Reading reading = readings.get(id.value());
        return reading == null ? null : reading.experience();
    }

    @Override
    public List<Experience> all() {
        List<Experience> all = new ArrayList<>();
        for (Reading reading : readings.values()) {
            if (reading.experience() != null) {
                all.add(reading.experience());
            }
        }
        return all;
    }

    /** Returns the names of the folders that there are, or the known ones if none can be listed. */
    private Iterable<String> folderNames(
            Set<String> known, Consumer<InvalidExperienceException> whenInvalid) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!ContentFiles.isHidden(entry) && Files.isDirectory(entry)) {
                    names.add(String.valueOf(entry.getFileName()));
                }
            }
        } catch (IOException failure) {
            whenInvalid.accept(
                    new InvalidExperienceException(
                            List.of(
                                    new Problem(
                                            folder.toString(),
                                            "",
                                            "cannot be listed: " + failure))));
            return known;
        }
        return names.stream().sorted().limit(COUNT_LIMIT).toList();
    }

    private Reading readAgain(String name, Reading old) {
        try {
            ExperienceId id = new ExperienceId(name);
            ContentFiles files = ContentFiles.list(folder.resolve(name));
            if (old.files() != null && old.files().sameAs(files)) {
                return old;
            }
            return read(id, files, old);
        } catch (IllegalArgumentException notAnId) {
            return unread(name, String.valueOf(notAnId.getMessage()), old);
        } catch (IOException failure) {
            return unread(name, "cannot be listed: " + failure, old);
        }
    }

    private Reading read(ExperienceId id, ContentFiles files, Reading old) {
        try {
            return new Reading(files, ExperienceFolder.read(id, files, actions), List.of());
        } catch (InvalidExperienceException invalid) {
            return new Reading(files, old.experience(), invalid.problems());
        }
    }

    private static Reading unread(String name, String reason, Reading old) {
        return new Reading(null, old.experience(), List.of(new Problem(name, "", reason)));
    }

    private static Set<ExperienceId> changed(
            Map<String, Reading> before, Map<String, Reading> after) {
        Set<String> names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        Set<ExperienceId> changed = new HashSet<>();
        for (String name : names) {
            Experience old = experience(before.get(name));
            Experience now = experience(after.get(name));
            Experience either = now == null ? old : now;
            if (!Objects.equals(old, now) && either != null) {
                changed.add(either.id());
            }
        }
        return changed;
    }

    private static @Nullable Experience experience(@Nullable Reading reading) {
        return reading == null ? null : reading.experience();
    }
}
