package io.worldweave.app.start;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.worldweave.domain.author.Authors;
import io.worldweave.domain.author.Collision;
import io.worldweave.domain.author.EditLog;
import io.worldweave.domain.author.Fault;
import io.worldweave.domain.author.Merge;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import io.worldweave.filestore.content.FileExperiences;
import io.worldweave.filestore.content.Problem;
import io.worldweave.filestore.content.Rereading;
import java.time.Duration;
import java.util.List;

/**
 * Brings edited files into the worlds that are at work, and says what came of it: in the log, and
 * in the {@link EditLog} for admins.
 *
 * <p>Thread-safe.
 */
final class Editing {
    private static final System.Logger LOG = System.getLogger(Editing.class.getName());

    /** So long after the store could not be reached a merge is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** So many collisions of one merge are in the log; admins are told of more. */
    private static final int LOGGED_COLLISIONS = 20;

    private final FileExperiences experiences;
    private final Authors authors;
    private final Scheduler scheduler;

    Editing(FileExperiences experiences, Authors authors, Scheduler scheduler) {
        this.experiences = experiences;
        this.authors = authors;
        this.scheduler = scheduler;
    }

    /** Looks for edited files. */
    void refresh() {
        for (ExperienceId id : experiences.refresh()) {
            Experience experience = experiences.find(id);
            if (experience != null) {
                // each by itself: one that the store cannot answer for holds up no other
                authors.worldsOf(id)
                        .forEach(world ->
                                scheduler.after(Duration.ZERO, () -> merge(experience, world)));
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a later version is merged by a later call
    private void merge(Experience experience, LiveWorld world) {
        if (experiences.find(experience.id()) != experience) {
            return;
        }
        try {
            authors.merge(experience, world);
        } catch (StoreUnavailableException unavailable) {
            LOG.log(WARNING, "an edit waits for the store of " + world.id(), unavailable);
            scheduler.after(RETRY, () -> merge(experience, world));
        }
    }

    /** Notes what came of reading an experience again. */
    static void reread(Rereading reread, EditLog edits) {
        Experience experience = reread.experience();
        if (reread.isValid()) {
            if (experience != null) {
                LOG.log(INFO, "Read again: {0}: {1}", reread.name(), reread.files());
                edits.valid(experience, reread.files());
            }
            return;
        }
        List<Problem> problems = reread.problems();
        for (Problem problem : problems) {
            LOG.log(
                    WARNING,
                    "An edit counts for nothing, and the experience goes on as it was: {0}",
                    problem);
        }
        if (experience != null) {
            edits.invalid(
                    experience.id(),
                    reread.files(),
                    problems.stream().map(Editing::fault).toList());
        }
    }

    private static Fault fault(Problem problem) {
        return new Fault(
                problem.file(), problem.key(), problem.line(), problem.column(), problem.reason());
    }

    /** Notes what an edit came to in a world. */
    static void merged(Experience experience, WorldId world, Merge merge, EditLog edits) {
        edits.merged(experience, world, merge);
        switch (merge) {
            case Merge.Made made -> {
                boolean isQuiet = world instanceof WorldId.Isolated && made.collisionCount() == 0;
                LOG.log(
                        isQuiet ? DEBUG : INFO,
                        "Edit merged into {0}: {1} changes, {2} collisions, at revision {3}",
                        world,
                        made.changes().size(),
                        made.collisionCount(),
                        made.position().revision());
                made.collisions().stream()
                        .limit(LOGGED_COLLISIONS)
                        .forEach(collision -> log(world, collision));
            }
            case Merge.Refused(Rejection rejection) ->
                    LOG.log(
                            WARNING,
                            "Edit not merged into {0}: {1}: {2}",
                            world,
                            rejection.pointer(),
                            rejection.reason());
        }
    }

    private static void log(WorldId world, Collision collision) {
        LOG.log(
                WARNING,
                "Edit collides in {0} at {1}{2}: {3}",
                world,
                collision.pointer(),
                collision.part() instanceof Part.Own(var owner) ? " of " + owner : "",
                collision.reason());
    }
}
