package io.worldweave.filestore.world;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong with one world's files, and changes nothing.
 *
 * <p>Not thread-safe: made for one check.
 */
final class WorldCheck {
    private final WorldId world;
    private final WorldFolders folders;
    private final JournalReading.Bytes bytes;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Path, byte[]> copies = new LinkedHashMap<>();
    private @Nullable WorldState head;

    /**
     * Prepares a check.
     *
     * @param bytes gives what stands in a segment
     */
    WorldCheck(WorldId world, WorldFolders folders, JournalReading.Bytes bytes) {
        this.world = world;
        this.folders = folders;
        this.bytes = bytes;
    }

    /** Looks at the journal and at what lies beside it. */
    List<Finding> findings() throws IOException {
        leftovers();
        journal();
        if (head != null) {
            copies(head);
        }
        return findings;
    }

    /** Returns what the copies should hold that were found missing or different. */
    Map<Path, byte[]> copies() {
        return copies;
    }

    /** Looks at the journal alone. */
    List<Finding> journal() throws IOException {
        try {
            JournalReading.Content content =
                    present(all(world, bytes, this::shortened), folders.of(world));
            head = content.history().head();
            unfinished(content);
        } catch (DamagedJournalException damage) {
            findings.add(Finding.of(Finding.Kind.DAMAGED, world.toString(), damage));
        }
        return findings;
    }

    /** Returns a reading of all that there is, whatever a service would keep. */
    static JournalReading all(
            WorldId world, JournalReading.Bytes bytes, JournalReading.Shortening shortening) {
        return new JournalReading(
                world, KeptHistory.ofDeltas(Integer.MAX_VALUE), bytes, shortening);
    }

    /**
     * Reads the journal in a folder, which may be written at the same time.
     *
     * @throws DamagedJournalException if it is damaged, or some of it is lost
     */
    static JournalReading.Content present(JournalReading reading, Path folder) throws IOException {
        // The copy first: what it shows already is in the journal that is read then.
        CopyWitness copy = CopyWitness.of(reading.world(), folder);
        List<Path> segments = JournalFolder.segmentsIn(folder);
        if (segments.isEmpty()) {
            copy.holdAgainstNothing();
            throw new NoSuchFileException(folder.toString(), null, "holds no journal");
        }
        JournalReading.Content content = reading.read(segments);
        copy.holdAgainst(content.history().head().revision());
        return content;
    }

    private void shortened(long revision, Path segment, Exception damage) {
        findings.add(
                damage instanceof DamagedJournalException broken
                        ? Finding.of(Finding.Kind.SHORTENED, world.toString(), broken)
                        : Finding.of(
                                Finding.Kind.SHORTENED,
                                world.toString(),
                                segment,
                                String.valueOf(damage.getMessage())));
    }

    private void unfinished(JournalReading.Content content) throws IOException {
        long more = bytes.of(content.file()).length - content.newest().length();
        if (more > 0) {
            findings.add(
                    new Finding(
                            Finding.Kind.UNFINISHED,
                            world.toString(),
                            content.file(),
                            content.newest().deltas().size() + 2,
                            content.newest().length(),
                            more + " bytes of a write that was never finished"));
        }
    }

    private void leftovers() throws IOException {
        Path folder = folders.of(world);
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*" + DurableFiles.UNFINISHED)) {
            for (Path file : files) {
                findings.add(
                        Finding.of(
                                Finding.Kind.LEFTOVER,
                                world.toString(),
                                file,
                                "a crash kept it from getting its name"));
            }
        }
    }

    private void copies(WorldState state) throws IOException {
        copy(ReadableCopy.file(world, folders.of(world)), ReadableCopy.of(state));
        List<String> players = new ArrayList<>();
        state.players().forEach((player, _) -> players.add(player));
        for (String player : players) {
            UserId user = new UserId(player);
            Document part = state.own(user);
            if (part != null) {
                copy(PlayerCopies.file(folders.ofPart(world, user)), PlayerCopies.of(part));
            }
        }
    }

    private void copy(Path file, byte[] expected) throws IOException {
        String reason = null;
        if (!Files.exists(file)) {
            reason = "it is missing";
        } else if (!Arrays.equals(Files.readAllBytes(file), expected)) {
            reason = "it is not what the journal says";
        }
        if (reason != null) {
            copies.put(file, expected);
            findings.add(Finding.of(Finding.Kind.COPY, world.toString(), file, reason));
        }
    }
}
