package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A world's journal as it is written: the segment that takes what is committed and, while it is
 * being begun, the next one.
 *
 * <p>Not thread-safe: of one {@link StoredWorld}, under its lock.
 */
final class JournalWriter {
    private final JournalFolder folder;
    private @Nullable Segment segment;
    private @Nullable NextSegment next;

    JournalWriter(JournalFolder folder) {
        this.folder = folder;
    }

    /** Opens the journal, or begins it with {@code seed}, and returns what it says. */
    RecentHistory open(Supplier<JsonObject> seed) throws IOException, UnreadableLineException {
        JournalFolder.Journal journal = folder.open(seed);
        segment = journal.segment();
        return journal.history();
    }

    /** Goes on after the disk failed, in a new segment, from what was acknowledged last. */
    void openAnew(RecentHistory acknowledged) throws IOException, UnreadableLineException {
        segment = folder.openAnew(acknowledged.head(), acknowledged.baseRevision());
    }

    /** Appends a batch, which is durable when this returns, and returns how long its lines are. */
    List<Integer> append(String epoch, List<Delta> batch)
            throws IOException, UnreadableLineException {
        List<Integer> lengths = present().append(epoch, batch);
        if (next != null) {
            next.add(batch);
        }
        return lengths;
    }

    private Segment present() {
        if (segment == null) {
            throw new IllegalStateException("the journal in " + folder.folder() + " is closed");
        }
        return segment;
    }

    /** Returns whether the present segment is to be followed by another. */
    boolean isFull(long nowMillis) {
        return segment != null
                && folder.limits().history().isExceededBy(segment.extent(), nowMillis);
    }

    /** Begins to note what is committed from now on for a segment that begins with the state. */
    NextSegment next(WorldState state) {
        NextSegment begun = new NextSegment(folder, state);
        next = begun;
        return begun;
    }

    /**
     * Goes on in a segment that has yet to be published; if that fails, nobody knows which counts.
     */
    void goOnIn(Segment begun) throws IOException {
        try (Segment _ = segment) {
            segment = begun;
            begun.publish();
        }
    }

    /** Returns the revision at which the present segment begins. */
    long beginsAt() {
        return present().beginsAt();
    }

    boolean isOpen() {
        return segment != null;
    }

    /** Forgets the segment that was being begun, if one was. */
    void noNext() {
        next = null;
    }

    /** Closes the file. To no effect if it is closed. */
    void close() throws IOException {
        Segment open = segment;
        segment = null;
        if (open != null) {
            open.close();
        }
    }
}
