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
 * <p>{@link #refresh} reads again what has changed; whoever owns this calls it now and then. Files
 * are read when two calls in a row have found them the same, so that one half written is not read.
 * An experience that has become invalid goes on as it last was valid.
 *
 * <p>Thread-safe. Only the constructor and {@link #refresh} block, for the time that files take.
 */
public final class FileExperiences implements Experiences {
    /** There are no more experiences than this; further folders are a problem. */
    public static final int COUNT_LIMIT = 1_000;

    /** Files that change all the time are read nevertheless, every so many times. */
    private static final int PATIENCE = 10;

    /**
     * What a folder held when it was last read.
     *
     * @param coming its files since they changed, until they are read
     * @param waited how many times in a row they were other ones
     */
    private record Reading(
            @Nullable ContentFiles files,
            @Nullable Experience experience,
            List<Problem> problems,
            @Nullable ContentFiles coming,
            int waited) {
        static final Reading NONE = new Reading(null, null, List.of());

        Reading(
                @Nullable ContentFiles files,
                @Nullable Experience experience,
                List<Problem> problems) {
            this(files, experience, problems, null, 0);
        }

        boolean isOf(ContentFiles present) {
            return files != null && files.sameAs(present);
        }

        boolean mayStillBeWritten(ContentFiles present) {
            return waited < PATIENCE && (coming == null || !coming.sameAs(present));
        }

        Reading awaiting(@Nullable ContentFiles present) {
            return new Reading(
                    files, experience, problems, present, present == null ? 0 : waited + 1);
        }
    }

    private final Path folder;
    private final Set<String> actions;
    private final Consumer<Rereading> listener;
    private volatile Map<String, Reading> readings = Map.of();

    /**
     * Reads all the experiences.
     *
     * @param folder which holds one folder for each
     * @param actions the actions that commands may run
     * @param listener told of each experience that {@link #refresh} read again, unless it is as it
     *     was; on the thread that calls it
     * @throws InvalidExperienceException if one of them is invalid
     */
    public FileExperiences(Path folder, Set<String> actions, Consumer<Rereading> listener) {
        this.folder = folder;
        this.actions = Set.copyOf(actions);
        this.listener = listener;
        refresh(
                true,
                reread -> {
                    if (!reread.isValid()) {
                        throw new InvalidExperienceException(reread.problems());
                    }
                });
    }

    /**
     * Reads again what has changed since the last time, and returns which experiences are new, gone
     * or other than they were.
     */
    public Set<ExperienceId> refresh() {
        return refresh(false, listener);
    }

    private synchronized Set<ExperienceId> refresh(boolean atOnce, Consumer<Rereading> told) {
        Map<String, Reading> before = readings;
        Map<String, Reading> after = new TreeMap<>();
        List<Rereading> news = new ArrayList<>();
        for (String name : folderNames(before.keySet(), told)) {
            Reading old = before.getOrDefault(name, Reading.NONE);
            Reading read = readAgain(name, old, atOnce);
            after.put(name, read);
            if (!read.problems().equals(old.problems())
                    || !Objects.equals(read.experience(), old.experience())) {
                news.add(rereading(name, old, read));
            }
        }
        readings = after;
        news.forEach(told);
        return changed(before, after);
    }

    private static Rereading rereading(String name, Reading old, Reading read) {
        List<String> files =
                read.files() == null ? List.of() : read.files().changedSince(old.files());
        return new Rereading(name, files, read.experience(), read.problems());
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
    private Iterable<String> folderNames(Set<String> known, Consumer<Rereading> told) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!ContentFiles.isHidden(entry) && Files.isDirectory(entry)) {
                    names.add(String.valueOf(entry.getFileName()));
                }
            }
        } catch (IOException failure) {
            Problem problem = new Problem(folder.toString(), "", "cannot be listed: " + failure);
            told.accept(new Rereading("", List.of(), null, List.of(problem)));
            return known;
        }
        return names.stream().sorted().limit(COUNT_LIMIT).toList();
    }

    private Reading readAgain(String name, Reading old, boolean atOnce) {
        try {
            ExperienceId id = new ExperienceId(name);
            ContentFiles files = ContentFiles.list(folder.resolve(name));
            if (old.isOf(files)) {
                return old.awaiting(null);
            }
            return !atOnce && old.mayStillBeWritten(files)
                    ? old.awaiting(files)
                    : read(id, files, old);
        } catch (IllegalArgumentException notAnId) {
            return unread(name, String.valueOf(notAnId.getMessage()), old);
        } catch (IOException failure) {
            return unread(name, "cannot be listed: " + failure, old);
        }
    }

    private Reading read(ExperienceId id, ContentFiles files, Reading old) {
        try {
            Experience read = ExperienceFolder.read(id, files, actions);
            // as it was, it is the same, so that nobody looks at it again
            return new Reading(
                    files, read.equals(old.experience()) ? old.experience() : read, List.of());
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
