package io.worldweave.domain.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A world at one revision: the shared document, every player's own part, and what its authors
 * wrote. Immutable; states share what they have in common.
 *
 * @param players own parts by user id
 * @param authored null if nothing that authors wrote was merged into the world yet
 */
public record WorldState(
        Position position,
        Document shared,
        PersistentMap<Document> players,
        @Nullable Document authored) {
    /** At most so many players have a part of their own in a world. */
    public static final int PLAYER_LIMIT = 100_000;

    /** Makes the state of a world that no authors are known of. */
    public WorldState(Position position, Document shared, PersistentMap<Document> players) {
        this(position, shared, players, null);
    }

    /**
     * Returns a world that nobody has been in: {@code shared} at revision 0, which is at most
     * {@link Pointer#DEPTH_LIMIT} levels deep.
     */
    public static WorldState initial(String epoch, JsonObject shared) {
        if (shared.isDeeperThan(Pointer.DEPTH_LIMIT)) {
            throw new IllegalArgumentException(
                    "a document is at most " + Pointer.DEPTH_LIMIT + " levels deep");
        }
        return new WorldState(
                new Position(epoch, 0), new Document(shared, 0), PersistentMap.empty());
    }

    public long revision() {
        return position.revision();
    }

    public @Nullable Document own(UserId user) {
        return players.get(user.value());
    }

    /** Returns the document of a part, or null if there is none. */
    public @Nullable Document document(Part part) {
        return switch (part) {
            case Part.Shared _ -> shared;
            case Part.Own own -> own(own.owner());
            case Part.Authored _ -> authored;
        };
    }

    /** Returns the same world with {@code content} as what its authors wrote. */
    public WorldState writtenBy(JsonObject content) {
        return new WorldState(position, shared, players, new Document(content, revision()));
    }

    /**
     * Returns the same documents at another position, each of them changed there: what a reset or a
     * restore begins with.
     */
    public WorldState begunAnew(Position position) {
        Map<String, Document> parts = new LinkedHashMap<>();
        players.forEach(
                (user, part) -> parts.put(user, new Document(part.content(), position.revision())));
        return new WorldState(
                position,
                new Document(shared.content(), position.revision()),
                PersistentMap.copyOf(parts),
                authored == null ? null : new Document(authored.content(), position.revision()));
    }

    /**
     * Applies all of {@code delta} or nothing of it. A delta whose base is another revision is the
     * caller's mistake.
     */
    public Edit<WorldState> apply(Delta delta) {
        if (delta.base() != revision()) {
            throw new IllegalArgumentException(
                    "delta from " + delta.base() + " on revision " + revision());
        }
        try {
            WorldState state = this;
            for (Change change : delta.changes()) {
                state = state.with(change, delta.revision());
            }
            return new Edit.Applied<>(
                    new WorldState(
                            position.at(delta.revision()),
                            state.shared,
                            state.players,
                            state.authored));
        } catch (Edits.RefusedException refused) {
            return new Edit.Refused<>(refused.rejection);
        }
    }

    /**
     * Applies all of {@code deltas}, each of which begins where the one before it ends, or nothing
     * of them.
     */
    public Edit<WorldState> apply(List<Delta> deltas) {
        WorldState state = this;
        for (Delta delta : deltas) {
            switch (state.apply(delta)) {
                case Edit.Applied<WorldState>(WorldState after) -> state = after;
                case Edit.Refused<WorldState> refused -> {
                    return refused;
                }
            }
        }
        return new Edit.Applied<>(state);
    }

    private WorldState with(Change change, long revision) {
        Document before = document(change.part());
        JsonObject after = Edits.apply(before == null ? null : before.content(), change);
        return switch (change.part()) {
            case Part.Shared _ when after != null ->
                    new WorldState(position, new Document(after, revision), players, authored);
            case Part.Shared _ ->
                    throw new IllegalStateException("the shared document was removed");
            case Part.Own own ->
                    new WorldState(position, shared, players(own, after, revision), authored);
            case Part.Authored _ ->
                    new WorldState(
                            position,
                            shared,
                            players,
                            after == null ? null : new Document(after, revision));
        };
    }

    private PersistentMap<Document> players(
            Part.Own part, @Nullable JsonObject after, long revision) {
        String owner = part.owner().value();
        if (after == null) {
            return players.without(owner);
        }
        if (players.size() >= PLAYER_LIMIT && players.get(owner) == null) {
            throw new Edits.RefusedException(
                    new Rejection.TooLarge(
                            Pointer.ROOT, "a world has at most " + PLAYER_LIMIT + " players"));
        }
        return players.with(owner, new Document(after, revision));
    }
}
