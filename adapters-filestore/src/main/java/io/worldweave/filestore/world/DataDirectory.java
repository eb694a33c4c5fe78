package io.worldweave.filestore.world;

import io.worldweave.domain.store.DamagedWorldException;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.world.WorldId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A data directory as operators see it: to check, put in order, make smaller and copy from, while
 * no service has it; to look at also while one has.
 *
 * <p>Not thread-safe. Methods block for the disk.
 */
public final class DataDirectory implements AutoCloseable {
    /** How often a world is looked at again that a service changed meanwhile. */
    private static final int ATTEMPTS = 5;

    private final WorldFolders folders;
    private final @Nullable DataLock lock;
    private final @Nullable String owner;

    private DataDirectory(Path data, @Nullable DataLock lock, @Nullable String owner) {
        this.folders = new WorldFolders(data);
        this.lock = lock;
        this.owner = owner;
    }

    /**
     * Takes an existing directory.
     *
     * @throws StoreUnavailableException if another process has it, with that process's id
     */
    public static DataDirectory own(Path data) throws IOException {
        Path real = existing(data);
        return new DataDirectory(real, DataLock.take(real), null);
    }

    /** Looks at an existing directory, whoever has it. */
    public static DataDirectory look(Path data) throws IOException {
        Path real = existing(data);
        try (DataLock _ = DataLock.take(real)) {
            return new DataDirectory(real, null, null);
        } catch (StoreUnavailableException inUse) {
            return new DataDirectory(real, null, String.valueOf(inUse.getMessage()));
        }
    }

    private static Path existing(Path data) throws IOException {
        Path real = data.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new IOException(data + " is no directory");
        }
        return real;
    }

    public Path path() {
        return folders.data();
    }

    /** Returns who had the directory when it was opened to look at; null if nobody did. */
    public @Nullable String owner() {
        return owner;
    }

    /**
     * Returns the worlds that are kept, and those of which the journal is lost, ordered by what
     * they are called.
     */
    public List<WorldId> worlds() throws IOException {
        return new WorldListing(folders).worlds();
    }

    /** Returns the folders with a journal or a copy of which nobody knows whose they are. */
    public List<Finding> unknownFolders() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (WorldListing.Found found : new WorldListing(folders).found()) {
            if (found.world() == null) {
                findings.add(
                        Finding.of(
                                Finding.Kind.UNKNOWN,
                                folders.data().relativize(found.folder()).toString(),
                                found.folder(),
                                "it has a journal or a copy, and no world is called so"));
            }
        }
        return findings;
    }

    /**
     * Returns what is wrong with a world. Of one that a service may be writing just now it is what
     * stays so: the service has unfinished writes and late copies all the time.
     */
    public List<Finding> check(WorldId world) throws IOException {
        if (owner == null) {
            return new WorldCheck(world, folders, Files::readAllBytes).findings();
        }
        List<Finding> findings = List.of();
        for (int i = 0; i < ATTEMPTS; i++) {
            findings = lasting(new WorldCheck(world, folders, Files::readAllBytes).journal());
            if (findings.isEmpty()) {
                break;
            }
        }
        return findings;
    }

    private static List<Finding> lasting(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.kind() != Finding.Kind.UNFINISHED)
                .toList();
    }

    /** Returns how a world can be put in order. The directory is to be owned. */
    public Repair repair(WorldId world) throws IOException {
        checkOwned();
        return Repair.plan(world, folders);
    }

    /**
     * Begins a world's journal anew and deletes what is past the history to be kept. The directory
     * is to be owned.
     *
     * @return how many bytes its journal has less; fewer than none if it became longer
     * @throws StoreUnavailableException if it is damaged; nothing was changed then
     */
    public long compact(WorldId world, KeptHistory history, long nowMillis) throws IOException {
        checkOwned();
        Path folder = folders.of(world);
        long before = size(folder);
        try {
            new JournalFolder(world, folder, new JournalLimits(history, Line.BYTES_LIMIT))
                    .compact(nowMillis);
        } catch (DamagedJournalException damage) {
            throw damaged(world, damage);
        } catch (UnreadableLineException tooLong) {
            throw new StoreUnavailableException(
                    "world " + world + " was left as it is: " + tooLong.getMessage(), tooLong);
        }
        return before - size(folder);
    }

    /**
     * Returns all of a world's past that is on the disk.
     *
     * @throws DamagedWorldException if it is damaged, or some of it is lost
     */
    public History history(WorldId world) throws IOException {
        Path folder = folders.of(world);
        for (int attempt = 1; ; attempt++) {
            try {
                return WorldCheck.present(
                                WorldCheck.all(world, Files::readAllBytes, (_, _, _) -> {}), folder)
                        .history()
                        .history();
            } catch (DamagedJournalException damage) {
                throw damaged(world, damage);
            } catch (NoSuchFileException deleted) {
                // A service began another segment meanwhile.
                if (attempt == ATTEMPTS) {
                    throw deleted;
                }
            }
        }
    }

    private DamagedWorldException damaged(WorldId world, DamagedJournalException damage) {
        return new DamagedWorldException(
                "what is kept of world "
                        + world
                        + " is damaged: "
                        + damage.messageFrom(folders.data()),
                damage);
    }

    private static long size(Path folder) throws IOException {
        long size = 0;
        for (Path segment : JournalFolder.segmentsIn(folder)) {
            size += Files.size(segment);
        }
        return size;
    }

    private void checkOwned() {
        if (lock == null) {
            throw new IllegalStateException("the directory is not owned");
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
