package io.worldweave.filestore.world;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
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
        return new Journal(Segment.resume(files.getLast(), newest, limits.lineBytes()), history);
    }

    /** Begins a segment that has yet to be published. */
    Segment begin(WorldState state) throws IOException, UnreadableLineException {
        Path file = folder.resolve("journal-%019d.jsonl".formatted(state.revision()));
        return Segment.begin(file, world, state, limits.lineBytes());
    }

    /** Returns what the newest segment, and the one before it if there is one, say. */
    private RecentHistory history(List<Path> files, SegmentContent newest) throws IOException {
        if (files.size() < KEPT) {
            RecentHistory history = new RecentHistory(newest.base(), limits.deltas());
            replay(history, newest.deltas(), files.getLast());
            return history;
        }
        Path before = files.get(files.size() - KEPT);
        SegmentContent content = SegmentContent.read(before, world);
        RecentHistory history = new RecentHistory(content.base(), limits.deltas());
        long revision = newest.base().revision();
        replay(
                history,
                content.deltas().stream().filter(delta -> delta.base() < revision).toList(),
                before);
        if (!history.head().equals(newest.base())) {
            throw new DamagedJournalException(
                    files.getLast(),
                    1,
                    new IllegalArgumentException("it does not begin where " + before + " leads"));
        }
        replay(history, newest.deltas(), files.getLast());
        return history;
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
        List<Path> files = files();
        for (Path file : files.subList(0, Math.max(0, files.size() - KEPT))) {
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
    private static String newEpoch() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static boolean isSegment(String name) {
        return name.matches("journal-[0-9]{19}\\.jsonl");
    }
}
