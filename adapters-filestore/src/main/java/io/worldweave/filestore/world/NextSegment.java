package io.worldweave.filestore.world;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segment that is to follow the present one. Its state, which may be large, is written while
 * commits go on; what they commit meanwhile is added at the end. Until it has its name, the present
 * segment counts, and no failure of this one matters.
 *
 * <p>Not thread-safe: of one {@link StoredWorld}, under its lock, but for {@link #writeState}.
 */
final class NextSegment {
    private final JournalFolder folder;
    private final WorldState state;
    private final List<Delta> meanwhile = new ArrayList<>();
    private @Nullable Segment segment;

    NextSegment(JournalFolder folder, WorldState state) {
        this.folder = folder;
        this.state = state;
    }

    /** Writes the state, without the lock; nothing else but {@link #add} is called meanwhile. */
    void writeState() throws IOException, UnreadableLineException {
        segment = folder.begin(state);
    }

    /** Notes what was committed to the present segment since this one was begun. */
    void add(List<Delta> batch) {
        meanwhile.addAll(batch);
    }

    /** Returns the segment with all that was committed, yet to be published. */
    Segment complete() throws IOException, UnreadableLineException {
        Segment begun = begun();
        try {
            if (!meanwhile.isEmpty()) {
                begun.append(state.position().epoch(), meanwhile);
            }
            return begun;
        } catch (IOException | UnreadableLineException refused) {
            begun.discard();
            throw refused;
        }
    }

    void discard() throws IOException {
        begun().discard();
    }

    private Segment begun() {
        if (segment == null) {
            throw new IllegalStateException("the state was not written");
        }
        return segment;
    }
}
