package io.worldweave.domain.play;

import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.world.Position;

/**
 * Where coordinates brought a player.
 *
 * @param position of {@code world}, at which its state shows where the player is
 * @param moved whether the player came to another zone by them
 */
public record Located(LiveWorld world, Position position, boolean moved) {}
