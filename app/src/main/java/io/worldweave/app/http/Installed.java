package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.wire.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Finds the experience that a path names.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class Installed {
    @Inject Experiences experiences;

    Experience find(String id) {
        Experience found = experiences.find(id(id));
        if (found == null) {
            throw new ProblemException(
                    ErrorCode.UNKNOWN_EXPERIENCE, "No experience \"" + id + "\" is installed.");
        }
        return found;
    }

    private static ExperienceId id(String text) {
        try {
            return new ExperienceId(text);
        } catch (IllegalArgumentException wrong) {
            throw new ProblemException(ErrorCode.INVALID_ID, wrong.getMessage() + ".");
        }
    }
}
