package io.worldweave.wire.stored;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PersistentMap;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;

/** The whole state of a world as stores write it. */
public final class StateJson {
    private StateJson() {}

    public static JsonObject write(WorldState state) {
        JsonObject[] players = {JsonObject.EMPTY};
        state.players().forEach((user, part) -> players[0] = players[0].with(user, write(part)));
        JsonObject json =
                JsonObject.of(
                                "epoch",
                                Json.of(state.position().epoch()),
                                "revision",
                                Json.of(state.revision()))
                        .with("shared", write(state.shared()))
                        .with("players", players[0]);
        Document authored = state.authored();
        return authored == null ? json : json.with("authored", write(authored));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static WorldState read(JsonObject json) {
        JsonObject parts = Fields.object(json, "players");
        PersistentMap<Document> players = PersistentMap.empty();
        for (String user : parts.names()) {
            String id = new UserId(user).value();
            players = players.with(id, document(Fields.object(parts, user)));
        }
        return new WorldState(
                new Position(Fields.text(json, "epoch"), Fields.number(json, "revision")),
                document(Fields.object(json, "shared")),
                players,
                json.has("authored") ? document(Fields.object(json, "authored")) : null);
    }

    private static JsonObject write(Document document) {
        return JsonObject.of(
                "revision", Json.of(document.revision()), "content", document.content());
    }

    private static Document document(JsonObject json) {
        return new Document(Fields.object(json, "content"), Fields.number(json, "revision"));
    }
}
