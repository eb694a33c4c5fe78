package io.worldweave.filestore.world;

import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would put one world's files in order, as far as that can be proved: nothing is dropped that
 * may have been acknowledged. Of a file that is changed or taken out of use, what it held is kept
 * beside it under a name that ends with {@code .damaged-1} or a further number.
 *
 * <p>Not thread-safe. Nothing is changed before {@link #apply}.
 */
public final class Repair {
    /** One thing that is done. */
    public record Step(String world, Path file, String what) {}

    private final WorldId world;
    private final WorldFolders folders;
    private final List<Step> steps = new ArrayList<>();
    private final List<Finding> left = new ArrayList<>();
    private final Map<Path, byte[]> replaced = new LinkedHashMap<>();
    private final Set<Path> setAside = new LinkedHashSet<>();
    private final Set<Path> deleted = new LinkedHashSet<>();
    private final Map<Path, byte[]> copies = new LinkedHashMap<>();

    private Repair(WorldId world, WorldFolders folders) {
        this.world = world;
        this.folders = folders;
    }

    static Repair plan(WorldId world, WorldFolders folders) throws IOException {
        Repair repair = new Repair(world, folders);
        repair.mendSegments();
        repair.putInOrder();
        return repair;
    }

    /** Returns what is to be done. */
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Returns what is wrong and stays so, since nothing proves how it was. */
    public List<Finding> left() {
        return List.copyOf(left);
    }

    /** Does it. */
    public void apply() throws IOException {
        for (Map.Entry<Path, byte[]> file : replaced.entrySet()) {
            Path aside = nextAside(file.getKey());
            DurableFiles.replace(aside, Files.readAllBytes(file.getKey()));
            DurableFiles.replace(file.getKey(), file.getValue());
        }
        for (Path file : setAside) {
            DurableFiles.move(file, nextAside(file));
        }
        for (Path file : deleted) {
            Files.deleteIfExists(file);
        }
        for (Map.Entry<Path, byte[]> copy : copies.entrySet()) {
            DurableFiles.createDirectories(copy.getKey().resolveSibling(""));
            if (Files.exists(copy.getKey())) {
                DurableFiles.move(copy.getKey(), nextAside(copy.getKey()));
            }
            DurableFiles.replace(copy.getKey(), copy.getValue());
        }
    }

    private static Path nextAside(Path file) {
        int number = 1;
        Path aside;
        do {
            aside = file.resolveSibling(file.getFileName() + ".damaged-" + number++);
        } while (Files.exists(aside));
        return aside;
    }

    private byte[] bytes(Path file) throws IOException {
        byte[] better = replaced.get(file);
        return better == null ? Files.readAllBytes(file) : better;
    }

    /** From the oldest on, so that what leads to a segment is mended before it. */
    private void mendSegments() throws IOException {
        List<Path> segments = JournalFolder.segmentsIn(folders.of(world));
        for (int i = 0; i < segments.size(); i++) {
            Path file = segments.get(i);
            List<Path> before = segments.subList(0, i);
            byte[] bytes = Files.readAllBytes(file);
            byte[] better = new Mending(world, file, at -> leading(before, at)).mended(bytes);
            if (better != null && !Arrays.equals(better, bytes)) {
                replaced.put(file, better);
                step(
                        file,
                        "lines are mended of which the next line or the segment before tells"
                                + " how they were");
            }
        }
    }

    /**
     * Returns the state to which segments lead at a revision, or null if they do not lead there.
     */
    private @Nullable WorldState leading(List<Path> segments, long revision) {
        if (segments.isEmpty()) {
            return null;
        }
        try {
            RecentHistory history =
                    WorldCheck.all(world, this::bytes, (_, _, _) -> {}).read(segments).history();
            return history.at(revision);
        } catch (IOException | DamagedJournalException _) {
            return null;
        }
    }

    private void putInOrder() throws IOException {
        WorldCheck check = new WorldCheck(world, folders, this::bytes);
        for (Finding finding : check.findings()) {
            switch (finding.kind()) {
                case UNFINISHED -> cut(finding);
                case LEFTOVER -> {
                    deleted.add(finding.file());
                    step(finding.file(), "deleted: it never counted");
                }
                case COPY -> step(finding.file(), "written anew: " + finding.reason());
                case SHORTENED -> setAside(finding);
                case DAMAGED, UNKNOWN -> left.add(finding);
            }
        }
        copies.putAll(check.copies());
    }

    private void cut(Finding finding) throws IOException {
        byte[] bytes = bytes(finding.file());
        replaced.put(finding.file(), Arrays.copyOf(bytes, (int) finding.at()));
        step(finding.file(), "cut at byte " + finding.at() + ": " + finding.reason());
    }

    /**
     * The segment that does not lead on, and those before it, are of no use to the history. One
     * that could not be read at all may be the next time.
     */
    private void setAside(Finding finding) throws IOException {
        if (finding.line() == 0) {
            left.add(finding);
            return;
        }
        for (Path segment : JournalFolder.segmentsIn(folders.of(world))) {
            if (segment.compareTo(finding.file()) <= 0) {
                replaced.remove(segment);
                setAside.add(segment);
                step(segment, "set aside: the history begins after it");
            }
        }
    }

    private void step(Path file, String what) {
        steps.add(new Step(world.toString(), file, what));
    }
}
