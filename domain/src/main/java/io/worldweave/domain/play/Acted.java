package io.worldweave.domain.play;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.live.LiveWorld;

/**
 * What a request of a player came to.
 *
 * @param revision the revision of {@code world} that shows it
 */
public record Acted(ActionResult result, LiveWorld world, long revision) {}
