package io.worldweave.domain.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A world at one revision: the shared document and every player's own part. Immutable; states share
 * what they have in common.
 *
 * @param players own parts by user id
 */
public record WorldState(Position position, Document shared, PersistentMap<Document> players) {

    /** Returns a world that nobody has been in: {@code shared} at revision 0. */
    public static WorldState initial(String epoch, JsonObject shared) {
        return new WorldState(
                new Position(epoch, 0), new Document(shared, 0), PersistentMap.empty());
    }

    public long revision() {
        return position.revision();
    }

    public @Nullable Document own(UserId user) {
        return players.get(user.value());
    }

    /** Returns the document of a part, or null if that player has none. */
    public @Nullable Document document(Part part) {
        return switch (part) {
            case Part.Shared _ -> shared;
            case Part.Own own -> own(own.owner());
        };
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
                    new WorldState(position.at(delta.revision()), state.shared, state.players));
        } catch (Edits.RefusedException refused) {
            return new Edit.Refused<>(refused.rejection);
        }
    }

    private WorldState with(Change change, long revision) {
        Document before = document(change.part());
        JsonObject after = Edits.apply(before == null ? null : before.content(), change);
        return switch (change.part()) {
            case Part.Shared _ when after != null ->
                    new WorldState(position, new Document(after, revision), players);
            case Part.Shared _ ->
                    throw new IllegalStateException("the shared document was removed");
            case Part.Own own ->
                    new WorldState(
                            position,
                            shared,
                            after == null
                                    ? players.without(own.owner().value())
                                    : players.with(
                                            own.owner().value(), new Document(after, revision)));
        };
    }
}
