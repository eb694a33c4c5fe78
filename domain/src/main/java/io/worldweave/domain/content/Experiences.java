package io.worldweave.domain.content;

import io.worldweave.domain.world.ExperienceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The experiences that are installed, as they are written now.
 *
 * <p>Thread-safe. Never blocks: what changed outside is read in the background.
 */
public interface Experiences {
    /** Returns the experience, or null if none of that id is installed. */
    @Nullable Experience find(ExperienceId id);

    /** Returns all of them, in the order of their ids. */
    List<Experience> all();
}
