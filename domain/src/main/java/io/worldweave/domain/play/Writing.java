package io.worldweave.domain.play;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldState;
import java.util.function.Predicate;

/**
 * Who writes to which world, and when.
 *
 * @param condition what the world must be like; asked of the state that the update is applied to,
 *     maybe more than once and on another thread
 */
public record Writing(
        Experience experience,
        LiveWorld world,
        UserId publisher,
        Predicate<WorldState> condition) {}
