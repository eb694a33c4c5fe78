package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.stored.DeltaJson;
import io.worldweave.wire.stored.Fields;
import io.worldweave.wire.stored.StateJson;
import io.worldweave.wire.stored.WorldIdJson;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads what {@link ExportWriter} wrote, a world at a time.
 *
 * <p>Not thread-safe.
 */
public final class ExportReader {
    /** Takes the worlds of an export. */
    @FunctionalInterface
    public interface Taker {
        void take(WorldId world, History history) throws IOException;
    }

    private final InputStream in;
    private final String name;
    private String previous = "";
    private int line;

    private ExportReader(InputStream in, String name) {
        this.in = new BufferedInputStream(in);
        this.name = name;
    }

    /**
     * Reads an export to its end. Worlds are given as they come: whoever wants all or none reads
     * twice.
     *
     * @param in stays the caller's to close
     * @param name of it, for messages
     * @throws IOException with the line, if it is not as it was written, or is cut off
     */
    public static void read(InputStream in, String name, Taker taker) throws IOException {
        new ExportReader(in, name).read(taker);
    }

    private void read(Taker taker) throws IOException {
        JsonObject first = next();
        checked(() -> {
            boolean known =
                    Fields.text(first, "format").equals(ExportWriter.FORMAT)
                            && Fields.number(first, "version") == ExportWriter.VERSION;
            if (!known) {
                throw new IllegalArgumentException("it is of another format or version");
            }
            return first;
        });
        int worlds = 0;
        JsonObject json = next();
        while (json.has("world")) {
            world(json, taker);
            worlds++;
            json = next();
        }
        end(json, worlds);
    }

    private void world(JsonObject json, Taker taker) throws IOException {
        WorldId world = checked(() -> WorldIdJson.read(Fields.object(json, "world")));
        long count = checked(() -> Fields.number(json, "deltas"));
        List<Delta> deltas = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            JsonObject delta = next();
            deltas.add(checked(() -> DeltaJson.read(delta)));
        }
        History history =
                checked(() -> {
                    History read = new History(StateJson.read(json), deltas);
                    read.head();
                    return read;
                });
        taker.take(world, history);
    }

    private void end(JsonObject json, int worlds) throws IOException {
        if (checked(() -> Fields.number(json, "worlds")) != worlds) {
            throw wrong("there are " + worlds + " worlds before it");
        }
        if (in.read() >= 0) {
            throw wrong("something follows the last line");
        }
    }

    private JsonObject next() throws IOException {
        line++;
        byte[] bytes = bytes();
        Line read = checked(() -> Line.open(bytes));
        if (!previous.equals(read.object().text("previous"))) {
            throw wrong("it does not follow the line before it");
        }
        previous = read.checksum();
        return read.object();
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw wrong("the export is cut off");
            }
            if (bytes.size() == Line.BYTES_LIMIT) {
                throw wrong("it is longer than " + Line.BYTES_LIMIT + " bytes");
            }
            bytes.write(b);
        }
        return bytes.toByteArray();
    }

    /** What a reading finds wrong is of the last line that was read. */
    private <T> T checked(Supplier<T> reading) throws IOException {
        try {
            return reading.get();
        } catch (IllegalArgumentException wrong) {
            throw new IOException(name + ": line " + line + ": " + wrong.getMessage(), wrong);
        }
    }

    private IOException wrong(String reason) {
        return new IOException(name + ": line " + line + ": " + reason);
    }
}
