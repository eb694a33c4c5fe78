package io.worldweave.domain.play;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.Commitment;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Proposal;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import io.worldweave.domain.zone.Coordinates;
import io.worldweave.domain.zone.Zones;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings players to the zones where their devices are.
 *
 * <p>Coordinates are never kept. Only that a player has come to another zone, or to none, is
 * committed, as {@code current_location} of the player's own part; the player is then in no area of
 * it in particular. Where an experience is not {@code gps_based}, coordinates move nobody.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link
 * io.worldweave.domain.store.StoreUnavailableException} when it does not.
 */
public final class Travellers {
    /** How large the geofences of zones are that state no radius, unless a setting says. */
    public static final double DEFAULT_RADIUS_METRES = 100;

    private static final String CAUSE = "location";

    private final Worlds worlds;
    private final Players players;
    private final double radiusMetres;

    /**
     * @param radiusMetres of the geofences of zones that state none
     */
    public Travellers(Worlds worlds, Players players, double radiusMetres) {
        this.worlds = worlds;
        this.players = players;
        this.radiusMetres = radiusMetres;
    }

    /** Brings the player to the zone that is nearest to these coordinates, or to none. */
    public Located locate(Experience experience, UserId player, Coordinates at) {
        LiveWorld world = players.enter(experience, player);
        WorldState seen = world.head();
        if (!experience.isGpsBased() || changes(seen, player, at).isEmpty()) {
            return new Located(world, seen.position(), false);
        }
        Commitment<Boolean> commitment =
                worlds.commit(
                        world, Actor.of(player), state -> proposal(changes(state, player, at)));
        return commitment instanceof Commitment.Made<Boolean>(Boolean moved, var position)
                ? new Located(world, position, moved)
                : new Located(world, world.head().position(), false);
    }

    private static Proposal<Boolean> proposal(List<Change> changes) {
        return new Proposal<>(changes, CAUSE, !changes.isEmpty());
    }

    private List<Change> changes(WorldState state, UserId player, Coordinates at) {
        Document document = state.own(player);
        if (document == null) {
            return List.of();
        }
        JsonObject own = document.content();
        String zone = Zones.nearest(state, at, radiusMetres);
        Json there = id(zone);
        if (there.equals(own.get(Zones.CURRENT_LOCATION))) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        changes.add(set(player, own, Zones.CURRENT_LOCATION, there));
        if (!JsonNull.NULL.equals(own.get(Zones.CURRENT_AREA))) {
            changes.add(set(player, own, Zones.CURRENT_AREA, JsonNull.NULL));
        }
        return changes;
    }

    private static Json id(@Nullable String zone) {
        return zone == null ? JsonNull.NULL : Json.of(zone);
    }

    private static Change set(UserId player, JsonObject own, String member, Json value) {
        Part part = Part.own(player);
        Pointer pointer = Pointer.of(member);
        return own.has(member)
                ? new Change.Replace(part, pointer, value)
                : new Change.Add(part, pointer, value);
    }
}
