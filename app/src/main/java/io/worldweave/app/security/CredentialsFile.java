package io.worldweave.app.security;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * API keys from a file of their hashes, which is read again when it changes.
 *
 * <p>Keys are long and random, so one round of SHA-256 hides them as well as many would; passwords
 * would need more. They are found by their hash: how long that takes tells nothing of a key.
 *
 * <p>A changed file that is malformed or cannot be read is reported, and the keys stay as they
 * were, so that a slip of an editor locks nobody out; an empty file lets nobody in. Thread-safe.
 */
public final class CredentialsFile implements Authenticator {
    /** The file is looked at no more often than this. */
    static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** A larger file is not read. */
    static final long SIZE_LIMIT = 32L * 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(CredentialsFile.class.getName());

    private final Path file;
    private final LongSupplier nanoTime;
    private volatile Map<String, Identity> identities = Map.of();
    private volatile Set<UserId> users = Set.of();
    private volatile boolean present;
    private volatile long lookedNanos;
    private @Nullable Version version;

    private record Version(FileTime modified, long size, @Nullable Object key) {}

    /**
     * Reads the file, if it is there.
     *
     * @throws InvalidCredentialsException if it is malformed or cannot be read
     */
    public CredentialsFile(Path file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.lookedNanos = nanoTime.getAsLong();
        readIfChanged();
    }

    /** Returns whether there is, or ever was, such a file. May look at the disk. */
    public boolean isPresent() {
        look();
        return present;
    }

    @Override
    public @Nullable Identity identify(Credential credential) {
        look();
        return identities.get(credential.sha256());
    }

    @Override
    public boolean knows(UserId user) {
        look();
        return users.contains(user);
    }

    private void look() {
        long now = nanoTime.getAsLong();
        if (now - lookedNanos < LOOK_EVERY.toNanos()) {
            return;
        }
        lookedNanos = now;
        try {
            readIfChanged();
        } catch (InvalidCredentialsException wrong) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    wrong.getMessage() + " The keys stay as they were.");
        }
    }

    private synchronized void readIfChanged() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Version found = new Version(now.lastModifiedTime(), now.size(), now.fileKey());
            if (found.equals(version)) {
                return;
            }
            version = found;
            present = true;
            identities = read();
            users = identities.values().stream().map(Identity::user).collect(Collectors.toSet());
        } catch (NoSuchFileException gone) {
            version = null;
        } catch (CharacterCodingException wrong) {
            throw new InvalidCredentialsException(file, List.of("is not text in UTF-8"));
        } catch (IOException failure) {
            throw new InvalidCredentialsException(file, List.of("cannot be read: " + failure));
        }
    }

    private Map<String, Identity> read() throws IOException {
        if (Files.size(file) > SIZE_LIMIT) {
            throw new InvalidCredentialsException(
                    file, List.of("is longer than " + SIZE_LIMIT + " bytes"));
        }
        KeyLines lines = KeyLines.read(Files.readAllLines(file));
        if (!lines.problems().isEmpty()) {
            throw new InvalidCredentialsException(file, lines.problems());
        }
        return lines.identities();
    }
}
