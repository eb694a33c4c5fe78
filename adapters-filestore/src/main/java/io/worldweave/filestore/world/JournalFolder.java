package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The segments of a world's journal, each named after the revision at which it begins. The newest
 * says what is; the one before it is kept for the history.
 */
record JournalFolder(WorldId world, Path folder, JournalLimits limits) {
    private static final System.Logger LOG = System.getLogger(JournalFolder.class.getName());
    private static final int KEPT = 2;

    /** A journal that can be written to, and what it says. */
    record Journal(Segment segment, RecentHistory history) {}

    /**
     * Reads the world's journal, or begins it with {@code seed}.
     *
     * @throws DamagedJournalException if the newest segment is not as it was written
     */
    Journal open(Supplier<JsonObject> seed) throws IOException, UnreadableLineException {
        deleteUnfinished();
        List<Path> files = files();
        if (files.isEmpty()) {
            WorldState state = WorldState.initial(newEpoch(), seed.get());
            DurableFiles.createDirectories(folder);
            Segment first = begin(state);
            first.publish();
            return new Journal(first, new RecentHistory(state, limits.deltas()));
        }
        SegmentContent newest = SegmentContent.read(files.getLast(), world);
        RecentHistory history = history(files, newest);
        reportWhatIsDropped(files.getLast(), newest);
        return new Journal(Segment.resume(files.getLast(), newest, limits.lineBytes()), history);
    }

    /**
     * Reads the journal after its disk failed, and goes on in a new segment that begins with what
     * was read: of the old one the disk may lack what is read from memory here, and would be silent
     * about it if it were forced once more.
     *
     * @throws DamagedJournalException if the newest segment is not as it was written
     */
    Journal openAnew() throws IOException, UnreadableLineException {
        deleteUnfinished();
        List<Path> files = files();
        if (files.isEmpty()) {
            throw new NoSuchFileException(folder.toString(), null, "holds no journal");
        }
        SegmentContent newest = SegmentContent.read(files.getLast(), world);
        RecentHistory history = history(files, newest);
        Segment next = begin(history.head());
        try {
            next.publish();
            deleteAllButTheLastTwo();
        } catch (IOException failure) {
            next.close();
            throw failure;
        }
        return new Journal(next, history);
    }

    /**
     * Begins the journal with a history from elsewhere.
     *
     * @return false, and nothing happened, if there is a journal
     */
    boolean adopt(History history) throws IOException, UnreadableLineException {
        deleteUnfinished();
        if (!files().isEmpty()) {
            return false;
        }
        DurableFiles.createDirectories(folder);
        Segment segment = begin(history.base());
        try (segment) {
            if (!history.deltas().isEmpty()) {
                segment.append(history.base().position().epoch(), history.deltas());
            }
            segment.publish();
        }
        return true;
    }

    /** Begins a segment that has yet to be published. */
    Segment begin(WorldState state) throws IOException, UnreadableLineException {
        Path file = folder.resolve("journal-%019d.jsonl".formatted(state.revision()));
        return Segment.begin(file, world, state, limits.lineBytes());
    }

    /**
     * Returns what the newest segment, and the one before it if there is one, say. The newest is
     * enough to go on with: if the other is damaged, the history is shorter.
     */
    private RecentHistory history(List<Path> files, SegmentContent newest) {
        if (files.size() >= KEPT) {
            Path before = files.get(files.size() - KEPT);
            try {
                return history(before, files.getLast(), newest);
            } catch (IOException | DamagedJournalException damage) {
                LOG.log(
                        Level.WARNING,
                        "the history of world {0} begins at revision {1}, since an older part of"
                                + " it is lost: {2}",
                        world,
                        Long.toString(newest.base().revision()),
                        damage.getMessage());
            }
        }
        return historyOf(newest, files.getLast());
    }

    private RecentHistory historyOf(SegmentContent newest, Path file) {
        RecentHistory history = new RecentHistory(newest.base(), limits.deltas());
        replay(history, newest.deltas(), file);
        return history;
    }

    private RecentHistory history(Path before, Path last, SegmentContent newest)
            throws IOException {
        SegmentContent content = SegmentContent.read(before, world);
        if (!content.base().position().epoch().equals(newest.base().position().epoch())) {
            return historyOf(newest, last);
        }
        RecentHistory history = new RecentHistory(content.base(), limits.deltas());
        long revision = newest.base().revision();
        replay(
                history,
                content.deltas().stream().filter(delta -> delta.base() < revision).toList(),
                before);
        if (!history.head().equals(newest.base())) {
            throw new DamagedJournalException(
                    before,
                    content.deltas().size() + 1,
                    new IllegalArgumentException("it does not lead to where " + last + " begins"));
        }
        replay(history, newest.deltas(), last);
        return history;
    }

    private void reportWhatIsDropped(Path file, SegmentContent content) throws IOException {
        long dropped = Files.size(file) - content.length();
        if (dropped > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0}: line {1}: {2} bytes of a write that was never finished are dropped",
                    file,
                    Long.toString(content.deltas().size() + 2L),
                    Long.toString(dropped));
        }
    }

    private static void replay(RecentHistory history, List<Delta> deltas, Path file) {
        for (int i = 0; i < deltas.size(); i++) {
            List<Delta> one = deltas.subList(i, i + 1);
            switch (history.outlook(one)) {
                case RecentHistory.Outlook.State(WorldState after) -> history.advance(one, after);
                case RecentHistory.Outlook.Refused(var rejection) ->
                        throw new DamagedJournalException(
                                file, i + 2, new IllegalArgumentException(rejection.reason()));
            }
        }
    }

    /** Deletes the segments that the history does not need any more. */
    void deleteAllButTheLastTwo() throws IOException {
        deleteAllBut(KEPT);
    }

    /** Deletes the segments of an earlier epoch. */
    void deleteAllButTheLast() throws IOException {
        deleteAllBut(1);
    }

    private void deleteAllBut(int kept) throws IOException {
        List<Path> files = files();
        for (Path file : files.subList(0, Math.max(0, files.size() - kept))) {
            Files.deleteIfExists(file);
        }
    }

    /** Deletes the segments that a crash kept from getting their names. */
    private void deleteUnfinished() throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> unfinished =
                    Files.newDirectoryStream(folder, "*" + DurableFiles.UNFINISHED)) {
                for (Path file : unfinished) {
                    Files.delete(file);
                }
            }
        }
    }

    private List<Path> files() throws IOException {
        return segmentsIn(folder);
    }

    /** Returns the segments in a folder, the newest last. */
    static List<Path> segmentsIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> isSegment(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    /** Returns a name that no history of this world has had: 64 random bits. */
    static String newEpoch() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static boolean isSegment(String name) {
        return name.matches("journal-[0-9]{19}\\.jsonl");
    }
}
