package io.worldweave.filestore.world;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads what the segments of a world's journal say, and changes nothing.
 *
 * <p>The newest is enough to go on with: the history is as long as the segments before it are
 * whole, lead to one another and are of its epoch.
 *
 * @param bytes gives what stands in a file
 * @param shortening is told why a history begins where it does
 */
record JournalReading(WorldId world, KeptHistory limits, Bytes bytes, Shortening shortening) {

    /** What stands in files. */
    @FunctionalInterface
    interface Bytes {
        byte[] of(Path file) throws IOException;
    }

    /** Is told that a history begins later than it could. */
    @FunctionalInterface
    interface Shortening {
        /**
         * Is told once for each journal at most.
         *
         * @param revision at which the history begins
         * @param segment that would lead there
         * @param damage a {@link DamagedJournalException} or an {@link IOException}
         */
        void begins(long revision, Path segment, Exception damage);
    }

    /** What a journal says, and the segment that says what is. */
    record Content(RecentHistory history, SegmentContent newest, Path file) {}

    /**
     * Reads a journal.
     *
     * @param segments at least one, the newest last
     * @throws DamagedJournalException if the newest is not as it was written
     */
    Content read(List<Path> segments) throws IOException {
        Path file = segments.getLast();
        SegmentContent newest = SegmentContent.read(file, world, bytes.of(file));
        RecentHistory history = before(segments, newest);
        replay(history, newest, Long.MAX_VALUE, file);
        return new Content(history, newest, file);
    }

    /**
     * Returns the history that leads to where the last segment begins, which has no delta at worst.
     */
    private RecentHistory before(List<Path> segments, SegmentContent last) {
        if (segments.size() > 1) {
            Path file = segments.get(segments.size() - 2);
            try {
                SegmentContent content = SegmentContent.read(file, world, bytes.of(file));
                if (content.base().position().epoch().equals(last.base().position().epoch())) {
                    List<Path> older = segments.subList(0, segments.size() - 1);
                    return leading(before(older, content), content, last, file);
                }
            } catch (IOException | DamagedJournalException damage) {
                shortening.begins(last.base().revision(), file, damage);
            }
        }
        return new RecentHistory(last.base(), limits);
    }

    private static RecentHistory leading(
            RecentHistory history, SegmentContent content, SegmentContent next, Path file) {
        replay(history, content, next.base().revision(), file);
        if (!history.head().equals(next.base())) {
            throw new DamagedJournalException(
                    file,
                    content.deltas().size() + 1,
                    content.length(),
                    "it does not lead to revision "
                            + next.base().revision()
                            + " as the next segment has it");
        }
        return history;
    }

    /** Adds the deltas of a segment up to that revision. */
    private static void replay(
            RecentHistory history, SegmentContent content, long revision, Path file) {
        for (int i = 0; i < content.deltas().size(); i++) {
            List<Delta> one = content.deltas().subList(i, i + 1);
            if (one.getFirst().base() >= revision) {
                return;
            }
            switch (history.head().apply(one)) {
                case Edit.Applied<WorldState>(WorldState after) ->
                        history.advance(one, content.lengths().subList(i, i + 1), after);
                case Edit.Refused<WorldState>(var rejection) ->
                        throw new DamagedJournalException(
                                file, i + 2, content.begin(i), rejection.reason());
            }
        }
    }
}
