package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.JsonWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A world's shared document for people, who may read it and keep it under version control: {@code
 * world.json}, or {@code profile.json} for a profile. The service never reads it. Not thread-safe:
 * of one {@link StoredWorld}.
 */
final class ReadableCopy {
    private final Path file;
    private long revision = -1;

    ReadableCopy(WorldId world, Path folder) {
        file = folder.resolve(world instanceof WorldId.Profile ? "profile.json" : "world.json");
    }

    /** Writes the file if it is not as the state is. */
    void write(WorldState state) throws IOException {
        if (state.shared().revision() != revision) {
            DurableFiles.replace(file, JsonWriter.pretty(withMetadata(state)));
            revision = state.shared().revision();
        }
    }

    private static JsonObject withMetadata(WorldState state) {
        return JsonObject.of(
                        "metadata",
                        JsonObject.of(
                                "_version",
                                Json.of(state.revision()),
                                "_epoch",
                                Json.of(state.position().epoch())))
                .overlaidBy(state.shared().content().without("metadata"));
    }
}
