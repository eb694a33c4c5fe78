package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.stored.DeltaJson;
import io.worldweave.wire.stored.StateJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The piece of a world's journal that is being written: its first line is the whole state at one
 * revision, each further line a delta. Each line bears the checksum of the one before; each delta
 * says at which revision its batch begins and how many of it follow, so that a batch of which a
 * crash left only a part is known as such.
 *
 * <p>Not thread-safe: of one {@link StoredWorld}, under its lock. After a failure nothing may be
 * appended any more: what the disk holds is then unknown, and forcing it again would say otherwise.
 *
 * <p>The file is no channel, since a channel is closed when a thread that uses it is interrupted.
 */
final class Segment implements AutoCloseable {
    private final Path file;
    private final RandomAccessFile out;
    private final int lineBytes;
    private String checksum;
    private Extent extent;

    private Segment(
            Path file, RandomAccessFile out, int lineBytes, String checksum, Extent extent) {
        this.file = file;
        this.out = out;
        this.lineBytes = lineBytes;
        this.checksum = checksum;
        this.extent = extent;
    }

    /**
     * Goes on with a segment that was read, after cutting off what a crash left unfinished. All
     * that was read is durable when this returns.
     *
     * <p>Who wrote the last batch may have been killed before it was forced, or told that it could
     * not be: then the system may hold it in memory alone and believe that it was written. So that
     * batch is written once more, and forced.
     */
    static Segment resume(Path file, SegmentContent content, int lineBytes) throws IOException {
        RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
        try {
            byte[] last = new byte[(int) (content.length() - content.lastBatch())];
            out.seek(content.lastBatch());
            out.readFully(last);
            if (out.length() > content.length()) {
                out.setLength(content.length());
            }
            out.seek(content.lastBatch());
            out.write(last);
            out.getFD().sync();
            return new Segment(file, out, lineBytes, content.checksum(), content.extent());
        } catch (IOException failure) {
            out.close();
            throw failure;
        }
    }

    /**
     * Begins a segment under a name that does not count until it is {@linkplain #publish given its
     * own}.
     *
     * @param lineBytes how long a line may be, this one too
     */
    static Segment begin(Path file, WorldId world, WorldState state, int lineBytes)
            throws IOException, UnreadableLineException {
        Line.Sealed sealed = firstLine(world, state, lineBytes);
        RandomAccessFile out = new RandomAccessFile(DurableFiles.unfinished(file).toFile(), "rw");
        try {
            out.setLength(0);
            out.write(sealed.bytes());
            out.getFD().sync();
            Extent extent = Extent.ofState(sealed.bytes().length);
            return new Segment(file, out, lineBytes, sealed.checksum(), extent);
        } catch (IOException failure) {
            out.close();
            Files.deleteIfExists(DurableFiles.unfinished(file));
            throw failure;
        }
    }

    static Line.Sealed firstLine(WorldId world, WorldState state, int lineBytes)
            throws UnreadableLineException {
        JsonObject line =
                JsonObject.of("world", Json.of(world.toString()))
                        .overlaidBy(StateJson.write(state));
        return Line.seal(line, "", lineBytes);
    }

    /** Gives the segment its name; from now on it counts. */
    void publish() throws IOException {
        DurableFiles.publish(file);
    }

    /** Closes a segment that is not to get its name, and deletes what was written. */
    void discard() throws IOException {
        close();
        Files.deleteIfExists(DurableFiles.unfinished(file));
    }

    /** Appends a batch, which is durable when this returns, and returns how long its lines are. */
    List<Integer> append(String epoch, List<Delta> batch)
            throws IOException, UnreadableLineException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String previous = checksum;
        List<Integer> lengths = new ArrayList<>();
        int following = batch.size();
        for (Delta delta : batch) {
            following--;
            JsonObject line =
                    DeltaJson.write(delta)
                            .with("epoch", Json.of(epoch))
                            .with("batch", Json.of(batch.getFirst().base()))
                            .with("following", Json.of(following));
            Line.Sealed sealed = Line.seal(line, previous, lineBytes);
            bytes.writeBytes(sealed.bytes());
            lengths.add(sealed.bytes().length);
            previous = sealed.checksum();
        }
        out.write(bytes.toByteArray());
        out.getFD().sync();
        checksum = previous;
        extent = extent.with(batch, bytes.size());
        return lengths;
    }

    long beginsAt() {
        return JournalFolder.revision(file);
    }

    Extent extent() {
        return extent;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
