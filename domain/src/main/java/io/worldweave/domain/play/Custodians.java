package io.worldweave.domain.play;

import io.worldweave.domain.author.Authored;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.Since;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who look after worlds look back in them, and begin them anew.
 *
 * <p>Thread-safe. Methods block until the store answers and throw {@link
 * io.worldweave.domain.store.StoreUnavailableException} when it does not.
 */
public final class Custodians {
    private final Worlds worlds;

    public Custodians(Worlds worlds) {
        this.worlds = worlds;
    }

    /** Returns a {@link Past.State} if the revision is kept. */
    public Past at(LiveWorld world, long revision) {
        WorldState state = worlds.at(world, revision);
        return state == null ? unknown(world) : new Past.State(state);
    }

    /** Returns {@link Past.Deltas} if all since the revision are kept. */
    public Past since(LiveWorld world, long revision) {
        Past.Deltas deltas = deltas(world, revision);
        if (deltas == null) {
            // another node may have begun the world anew
            deltas = deltas(worlds.caughtUp(world), revision);
        }
        return deltas == null ? unknown(world) : deltas;
    }

    private Past.@Nullable Deltas deltas(LiveWorld world, long revision) {
        Position present = world.head().position();
        return switch (worlds.since(world, present.at(revision))) {
            case Since.Deltas(List<Delta> deltas) ->
                    new Past.Deltas(deltas, present.at(revision + deltas.size()));
            case Since.Gone _ -> null;
        };
    }

    private Past unknown(LiveWorld world) {
        LiveWorld present = worlds.caughtUp(world);
        return new Past.Unknown(worlds.oldest(present), present.head().revision());
    }

    /**
     * Begins the world as its authors wrote it, and in it every player that was there as a new one.
     * What players keep across experiences stays.
     */
    public Position reset(Experience experience, LiveWorld world) {
        WorldState beginning = Authored.beginning(experience);
        JsonObject player = Seeds.player(experience);
        WorldState now = world.head();
        Map<String, Document> players = LinkedHashMap.newLinkedHashMap(now.players().size());
        now.players().forEach((user, _) -> players.put(user, new Document(player, 0)));
        return worlds.restart(
                world,
                new WorldState(
                        now.position(),
                        beginning.shared(),
                        PersistentMap.copyOf(players),
                        beginning.authored()));
    }

    /**
     * Begins the world anew with the documents of {@code state}, if it can be a world. What the
     * authors have written since then is merged in when somebody next comes for the world.
     */
    public Restored restore(Experience experience, LiveWorld world, WorldState state) {
        Rejection breach = breach(experience, world.id(), state);
        return breach == null
                ? new Restored.Done(worlds.restart(world, state))
                : new Restored.Refused(breach);
    }

    private static @Nullable Rejection breach(
            Experience experience, WorldId world, WorldState state) {
        Rejection limit = pastLimits(state);
        if (limit != null) {
            return limit;
        }
        Rejection authored = Authored.breach(state.authored());
        if (authored != null) {
            return authored;
        }
        if (world instanceof WorldId.Isolated(var _, var owner)
                && state.players().size() > (state.own(owner) == null ? 0 : 1)) {
            return new Rejection.WrongKind(
                    Pointer.ROOT, "in an isolated world nobody is but its owner");
        }
        if (state.shared().content().has(Publishers.METADATA)) {
            return new Rejection.WrongKind(
                    Pointer.of(Publishers.METADATA), "it is written by the service alone");
        }
        Rejection breach = WorldShape.breach(experience, state);
        return breach == null
                ? SchemaCheck.breach(experience.schema(), state.shared().content())
                : breach;
    }

    private static @Nullable Rejection pastLimits(WorldState state) {
        boolean[] tooDeep = {isTooDeep(state.shared()) || isTooDeep(state.authored())};
        state.players()
                .forEach((_, own) -> tooDeep[0] |= own.content().isDeeperThan(Pointer.DEPTH_LIMIT));
        if (tooDeep[0]) {
            return new Rejection.TooLarge(
                    Pointer.ROOT, "a document is at most " + Pointer.DEPTH_LIMIT + " levels deep");
        }
        return state.players().size() <= WorldState.PLAYER_LIMIT
                ? null
                : new Rejection.TooLarge(
                        Pointer.ROOT,
                        "a world has at most " + WorldState.PLAYER_LIMIT + " players");
    }

    private static boolean isTooDeep(@Nullable Document document) {
        return document != null && document.content().isDeeperThan(Pointer.DEPTH_LIMIT);
    }
}
