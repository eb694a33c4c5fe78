package io.worldweave.filestore.world;

import io.worldweave.domain.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory for one process: the operating system holds the lock and lets go of it
 * when the process ends, however it ends. The file says which process that is.
 *
 * <p>Within the process {@link #HELD} does the same: a process that opens and closes a file which
 * it has locked would lose its lock.
 */
final class DataLock implements AutoCloseable {
    private static final String FILE = "lock";

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DataLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Takes the lock or throws {@link StoreUnavailableException}, naming the one who has it. */
    static DataLock take(Path data) {
        Path file = data.resolve(FILE);
        try {
            DurableFiles.createDirectories(data);
            DurableFiles.force(data);
            Path directory = data.toRealPath();
            if (!HELD.add(directory)) {
                throw inUse(data, ProcessHandle.current().pid() + ", which is this one");
            }
            FileChannel channel = lockedChannel(file);
            if (channel == null) {
                HELD.remove(directory);
                throw inUse(data, Files.readString(file).strip());
            }
            return new DataLock(directory, channel);
        } catch (IOException failure) {
            throw new StoreUnavailableException(file + " cannot be locked: " + failure, failure);
        }
    }

    private static StoreUnavailableException inUse(Path data, String process) {
        return new StoreUnavailableException(data + " is in use by process " + process, null);
    }

    private static @Nullable FileChannel lockedChannel(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return null;
        }
        channel.truncate(0);
        String process = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            HELD.remove(directory);
        }
    }
}
