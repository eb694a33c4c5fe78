package io.worldweave.app.http;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.wire.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Finds the world that a request is about.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class KnownWorlds {
    @Inject Players players;

    /**
     * Returns the world, or throws why the caller has none to look at. Another user's is not made
     * by being looked for.
     *
     * @param user whose copy of an isolated world; null for the caller's own
     */
    LiveWorld find(Identity caller, Experience experience, @Nullable String user) {
        UserId meant = Caller.meant(caller, user);
        LiveWorld world =
                meant.equals(caller.user())
                        ? players.world(experience, meant)
                        : players.find(experience, meant);
        if (world == null) {
            throw new ProblemException(
                    ErrorCode.NOT_FOUND, "The user has no copy of this experience.");
        }
        return world;
    }
}
