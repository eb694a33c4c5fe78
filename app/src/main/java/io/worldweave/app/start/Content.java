package io.worldweave.app.start;

import io.worldweave.app.config.Settings;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.world.ExperienceId;
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
import java.util.Set;

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
    static FileExperiences experiences(Settings settings) {
        return new FileExperiences(
                settings.content().experiences(), Commands.actions(), Content::report);
    }

    /** Looks for edited files. */
    static void refresh(FileExperiences experiences) {
        Set<ExperienceId> changed = experiences.refresh();
        if (!changed.isEmpty()) {
            LOG.log(System.Logger.Level.INFO, "Read again: {0}", changed);
        }
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

    private static void report(InvalidExperienceException invalid) {
        LOG.log(
                System.Logger.Level.WARNING,
                "An edited experience cannot be used, and goes on as it was:\n{0}",
                invalid.getMessage());
    }
}
