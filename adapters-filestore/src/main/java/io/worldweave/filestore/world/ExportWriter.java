package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.stored.DeltaJson;
import io.worldweave.wire.stored.StateJson;
import io.worldweave.wire.stored.WorldIdJson;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes worlds with their histories as lines of JSON: one that says what this is, for each world
 * its state and how many deltas follow, those deltas, and at the end how many worlds there were.
 * Each line has its checksum and names that of the line before, as in a journal; so a reader knows
 * that it has all of it, as it was written.
 *
 * <p>Not thread-safe.
 */
public final class ExportWriter {
    static final String FORMAT = "worldweave-export";
    static final int VERSION = 1;

    private final OutputStream out;
    private String previous = "";
    private int worlds;

    /**
     * Begins an export.
     *
     * @param out stays the caller's to close
     */
    public ExportWriter(OutputStream out) throws IOException {
        this.out = out;
        write(JsonObject.of("format", Json.of(FORMAT), "version", Json.of(VERSION)));
    }

    /**
     * Writes a world, and throws {@link IllegalArgumentException} if it is too large for a line.
     */
    public void write(WorldId world, History history) throws IOException {
        write(
                JsonObject.of(
                                "world",
                                WorldIdJson.write(world),
                                "deltas",
                                Json.of(history.deltas().size()))
                        .overlaidBy(StateJson.write(history.base())));
        for (Delta delta : history.deltas()) {
            write(DeltaJson.write(delta));
        }
        worlds++;
    }

    /** Ends the export: without this a reader takes it for cut off. */
    public void end() throws IOException {
        write(JsonObject.of("worlds", Json.of(worlds)));
        out.flush();
    }

    private void write(JsonObject json) throws IOException {
        try {
            Line.Sealed line = Line.seal(json, previous, Line.BYTES_LIMIT);
            out.write(line.bytes());
            previous = line.checksum();
        } catch (UnreadableLineException refused) {
            throw new IllegalArgumentException(refused.rejection().reason(), refused);
        }
    }
}
