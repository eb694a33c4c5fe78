package io.worldweave.app.start;

import io.worldweave.app.config.Settings;
import io.worldweave.domain.author.Authors;
import io.worldweave.domain.author.EditLog;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.filestore.content.BundledExperiences;
import io.worldweave.filestore.content.FileExperiences;
import io.worldweave.filestore.content.InvalidExperienceException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The experiences: copied from the service at its first start, read, and read again when edited.
 */
@Dependent
class Content {
    private static final System.Logger LOG = System.getLogger(Content.class.getName());
    private static final String BUNDLED = "/WEB-INF/experiences/";

    /**
     * @throws InvalidExperienceException if one that is installed cannot be used
     */
    @Produces
    @Singleton
    static FileExperiences experiences(Settings settings, EditLog edits) {
        return new FileExperiences(
                settings.content().experiences(),
                Commands.actions(),
                reread -> Editing.reread(reread, edits));
    }

    @Produces
    @Singleton
    static EditLog edits(Settings settings, Scheduler scheduler) {
        return new EditLog(scheduler::unixMillis, settings.content().editsKept());
    }

    @Produces
    @Singleton
    static Authors authors(Worlds worlds, FileExperiences experiences, EditLog edits) {
        return new Authors(
                worlds,
                version -> Objects.requireNonNullElse(experiences.find(version.id()), version),
                (experience, world, merge) -> Editing.merged(experience, world, merge, edits));
    }

    /** Copies the experiences of the service that are not there yet. */
    static void install(ServletContext context, Settings settings) {
        Path folder = settings.content().experiences();
        try (Bundle bundle = Bundle.unpack(context, BUNDLED)) {
            List<String> installed = BundledExperiences.install(bundle.folder(), folder);
            if (!installed.isEmpty()) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "Copied to {0}: {1}",
                        folder,
                        String.join(", ", installed));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot copy the bundled experiences to " + folder, failure);
        }
    }
}
