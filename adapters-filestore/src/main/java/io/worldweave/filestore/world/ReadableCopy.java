package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A world's shared document for people, who may read it and keep it under version control: {@code
 * world.json}, or {@code profile.json} for a profile. Of what it holds the service believes nothing
 * but {@linkplain CopyWitness how far the journal must reach}. Not thread-safe: of one {@link
 * StoredWorld}.
 */
final class ReadableCopy {
    private static final String WORLD = "world.json";
    private static final String PROFILE = "profile.json";

    private final Path file;
    private long revision = -1;

    ReadableCopy(WorldId world, Path folder) {
        file = file(world, folder);
    }

    static Path file(WorldId world, Path folder) {
        return folder.resolve(world instanceof WorldId.Profile ? PROFILE : WORLD);
    }

    /** Returns whether there is a copy in a world's folder. */
    static boolean isIn(Path folder) {
        boolean isProfile = folder.endsWith(WorldFolders.PROFILE);
        return Files.isRegularFile(folder.resolve(isProfile ? PROFILE : WORLD));
    }

    Path file() {
        return file;
    }

    /** Writes the file if it is not as the state is; returns whether it was not. */
    boolean write(WorldState state) throws IOException {
        if (state.shared().revision() == revision) {
            return false;
        }
        DurableFiles.replace(file, of(state));
        revision = state.shared().revision();
        return true;
    }

    /** Returns what the file holds: the version is the document's, and changes with it alone. */
    static byte[] of(WorldState state) {
        JsonObject metadata =
                JsonObject.of(
                        "_version",
                        Json.of(state.shared().revision()),
                        "_epoch",
                        Json.of(state.position().epoch()));
        return JsonWriter.pretty(
                JsonObject.of("metadata", metadata)
                        .overlaidBy(state.shared().content().without("metadata")));
    }
}
