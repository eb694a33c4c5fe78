package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.store.History;
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
 * says what is; those before it are kept for the history.
 */
record JournalFolder(WorldId world, Path folder, JournalLimits limits) {
    private static final System.Logger LOG = System.getLogger(JournalFolder.class.getName());

    /**
     * No more are kept. It is reached only if a disk fails again and again: each time a segment is
     * begun long before it would be otherwise.
     */
    private static final int SEGMENTS = 8;

    /** A journal that can be written to, and what it says. */
    record Journal(Segment segment, RecentHistory history) {}

    /**
     * Reads the world's journal, or begins it with {@code seed}. All that it says is durable when
     * this returns, so that it may be shown.
     *
     * @throws DamagedJournalException if the newest segment is not as it was written, or some of
     *     the journal is lost; nothing was changed then
     */
    Journal open(Supplier<JsonObject> seed) throws IOException, UnreadableLineException {
        List<Path> files = files();
        if (files.isEmpty()) {
            checkNothingIsLost();
            deleteUnfinished();
            WorldState state = WorldState.initial(newEpoch(), seed.get());
            createFolder();
            Segment first = begin(state);
            first.publish();
            return new Journal(first, new RecentHistory(state, limits.history()));
        }
        JournalReading.Content content = read(files);
        deleteUnfinished();
        reportWhatIsDropped(content.file(), content.newest());
        return new Journal(resume(content), content.history());
    }

    /** Makes what was read durable, its name too, and returns the segment to go on with. */
    private Segment resume(JournalReading.Content content) throws IOException {
        Segment segment = Segment.resume(content.file(), content.newest(), limits.lineBytes());
        try {
            DurableFiles.force(folder);
            return segment;
        } catch (IOException failure) {
            segment.close();
            throw failure;
        }
    }

    /** Creates the folder. Who created it or the one above may have been killed before forcing. */
    private void createFolder() throws IOException {
        DurableFiles.createDirectories(folder);
        Path above = folder.toAbsolutePath().resolveSibling("");
        DurableFiles.force(above);
        DurableFiles.force(above.resolveSibling(""));
    }

    /**
     * Goes on after the disk failed, in a new segment that begins with {@code head}, which was
     * acknowledged last. What was written after that nobody was told of, and what of it the disk
     * has nobody knows: it counts no more, neither what it changed nor its receipts.
     *
     * @param needed from which revision on the segments before are kept
     */
    Segment openAnew(WorldState head, long needed) throws IOException, UnreadableLineException {
        deleteUnfinished();
        if (files().isEmpty()) {
            throw new NoSuchFileException(folder.toString(), null, "holds no journal");
        }
        Segment next = begin(head);
        try {
            next.publish();
            deleteAfter(head.revision());
            deleteBefore(needed);
            return next;
        } catch (IOException failure) {
            next.close();
            throw failure;
        }
    }

    /** Deletes the segments that begin after a revision, durably: the newest is the one there. */
    private void deleteAfter(long revision) throws IOException {
        for (Path file : files()) {
            if (revision(file) > revision) {
                Files.deleteIfExists(file);
            }
        }
        DurableFiles.force(folder);
    }

    /**
     * Begins the journal with a history from elsewhere.
     *
     * @return false, and nothing happened, if there is a journal
     * @throws DamagedJournalException if there was one; nothing was changed then
     */
    boolean adopt(History history) throws IOException, UnreadableLineException {
        if (!files().isEmpty()) {
            return false;
        }
        checkNothingIsLost();
        deleteUnfinished();
        createFolder();
        Segment segment = begin(history.base());
        try (segment) {
            if (!history.deltas().isEmpty()) {
                segment.append(history.base().position().epoch(), history.deltas());
            }
            segment.publish();
        }
        return true;
    }

    /**
     * Makes durable what is there, begins anew where the world is, and deletes what is past the
     * history.
     */
    void compact(long nowMillis) throws IOException, UnreadableLineException {
        List<Path> files = files();
        if (files.isEmpty()) {
            checkNothingIsLost();
            return;
        }
        JournalReading.Content content = read(files);
        deleteUnfinished();
        resume(content).close();
        content.history().forgetOld(nowMillis);
        if (content.newest().extent().deltas() > 0) {
            try (Segment next = begin(content.history().head())) {
                next.publish();
            }
        }
        deleteBefore(content.history().baseRevision());
    }

    /** Begins a segment that has yet to be published. */
    Segment begin(WorldState state) throws IOException, UnreadableLineException {
        return Segment.begin(
                folder.resolve(name(state.revision())), world, state, limits.lineBytes());
    }

    private JournalReading.Content read(List<Path> segments) throws IOException {
        JournalReading.Content content =
                new JournalReading(
                                world,
                                limits.history(),
                                Files::readAllBytes,
                                this::reportThatItIsShorter)
                        .read(segments);
        CopyWitness.of(world, folder).holdAgainst(content.history().head().revision());
        return content;
    }

    /** Looks whether there was a journal in the folder, which has none. */
    private void checkNothingIsLost() {
        CopyWitness.of(world, folder).holdAgainstNothing();
    }

    private void reportThatItIsShorter(long revision, Path segment, Exception damage) {
        LOG.log(
                Level.WARNING,
                "the history of world {0} begins at revision {1}, since an older part of it is"
                        + " lost: {2}",
                world,
                Long.toString(revision),
                damage.getMessage());
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

    /**
     * Deletes the segments that a history from that revision on does not need, and the oldest of
     * more than {@link #SEGMENTS}.
     */
    void deleteBefore(long revision) throws IOException {
        List<Path> files = files();
        int needed = 1;
        while (needed < Math.min(files.size(), SEGMENTS)
                && revision(files.get(files.size() - needed)) > revision) {
            needed++;
        }
        for (Path file : files.subList(0, files.size() - Math.min(needed, files.size()))) {
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

    /** Returns the revision at which a segment begins. */
    static long revision(Path segment) {
        return Long.parseLong(String.valueOf(segment.getFileName()).replaceAll("[^0-9]", ""));
    }

    private static String name(long revision) {
        return "journal-%019d.jsonl".formatted(revision);
    }

    private static boolean isSegment(String name) {
        return name.matches("journal-[0-9]{19}\\.jsonl");
    }
}
