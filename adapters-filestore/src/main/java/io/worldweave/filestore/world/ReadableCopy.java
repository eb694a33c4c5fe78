package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A world's present state for people, who may read it and keep it under version control: the shared
 * document in {@code world.json} ({@code profile.json} for a profile) and the players' own parts in
 * {@code players.json}. The service never reads it. Not thread-safe: of one {@link StoredWorld}.
 */
final class ReadableCopy {
    private final Path shared;
    private final Path players;
    private long sharedRevision = -1;
    private long playersRevision = -1;

    ReadableCopy(WorldId world, Path folder) {
        shared = folder.resolve(world instanceof WorldId.Profile ? "profile.json" : "world.json");
        players = folder.resolve("players.json");
    }

    /** Writes those files that are not as the state is. */
    void write(WorldState state) throws IOException {
        if (state.shared().revision() != sharedRevision) {
            DurableFiles.replace(
                    shared, JsonWriter.pretty(withMetadata(state.shared().content(), state)));
            sharedRevision = state.shared().revision();
        }
        if (state.revision() != playersRevision && !state.players().isEmpty()) {
            DurableFiles.replace(players, JsonWriter.pretty(withMetadata(parts(state), state)));
            playersRevision = state.revision();
        }
    }

    private static JsonObject parts(WorldState state) {
        JsonObject[] parts = {JsonObject.EMPTY};
        state.players().forEach((user, part) -> parts[0] = parts[0].with(user, view(part)));
        return JsonObject.of("players", parts[0]);
    }

    private static JsonObject view(Document part) {
        return JsonObject.of("player", part.content());
    }

    private static JsonObject withMetadata(JsonObject content, WorldState state) {
        return JsonObject.of(
                        "metadata",
                        JsonObject.of(
                                "_version",
                                Json.of(state.revision()),
                                "_epoch",
                                Json.of(state.position().epoch())))
                .overlaidBy(content.without("metadata"));
    }
}
