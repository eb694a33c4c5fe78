package io.worldweave.filestore.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files of one experience as they were when they were listed: by their path in it, with what
 * tells whether one has changed. Immutable, but what is read is what stands there by then.
 */
final class ContentFiles {
    /** A larger file is not read. */
    static final int BYTES_LIMIT = 1 << 20;

    /** The world itself may be larger: room for 100,000 items. */
    static final int WORLD_BYTES_LIMIT = 1 << 26;

    static final String WORLD = "state/world.json";

    /** An experience has no more files than this. */
    static final int COUNT_LIMIT = 20_000;

    private static final int DEPTH_LIMIT = 6;

    /** What tells one version of a file from another. */
    private record Stamp(FileTime modified, long size, @Nullable Object key) {}

    private final Path folder;
    private final SortedMap<String, Stamp> stamps;

    private ContentFiles(Path folder, SortedMap<String, Stamp> stamps) {
        this.folder = folder;
        this.stamps = stamps;
    }

    /** Lists the files of a folder; hidden ones and what is in hidden folders do not count. */
    static ContentFiles list(Path folder) throws IOException {
        SortedMap<String, Stamp> stamps = new TreeMap<>();
        Files.walkFileTree(
                folder,
                EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                DEPTH_LIMIT,
                new Listing(folder, stamps));
        return new ContentFiles(folder, stamps);
    }

    static boolean isHidden(Path path) {
        return String.valueOf(path.getFileName()).startsWith(".");
    }

    /** Returns whether nothing was added, changed or removed between the two listings. */
    boolean sameAs(ContentFiles other) {
        return stamps.equals(other.stamps);
    }

    /** Returns which files were added, changed or removed since an earlier listing, in order. */
    List<String> changedSince(@Nullable ContentFiles earlier) {
        SortedSet<String> names = new TreeSet<>(stamps.keySet());
        if (earlier != null) {
            names.addAll(earlier.stamps.keySet());
            names.removeIf(name -> Objects.equals(stamps.get(name), earlier.stamps.get(name)));
        }
        return List.copyOf(names);
    }

    boolean has(String file) {
        return stamps.containsKey(file);
    }

    /** Returns the files of that ending directly in a folder of the experience, in order. */
    List<String> filesIn(String directory, String ending) {
        return stamps.keySet().stream()
                .filter(file -> file.startsWith(directory + "/") && file.endsWith(ending))
                .filter(file -> file.indexOf('/', directory.length() + 1) < 0)
                .toList();
    }

    /** Returns the name of a file without folder and ending. */
    static String nameOf(String file) {
        return file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
    }

    /** Returns the bytes of a file, or null after saying what is wrong with it. */
    byte @Nullable [] bytes(String file, Problems problems) {
        Path path = folder.resolve(file);
        try {
            // opening a pipe would wait for somebody who writes to it
            if (Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
                return bytes(path, file, problems);
            }
            problems.add(file, "", "is no ordinary file");
        } catch (NoSuchFileException missing) {
            problems.add(file, "", "is missing");
        } catch (IOException failure) {
            problems.add(file, "", "cannot be read: " + failure);
        }
        return null;
    }

    private static byte @Nullable [] bytes(Path path, String file, Problems problems)
            throws IOException {
        int limit = file.equals(WORLD) ? WORLD_BYTES_LIMIT : BYTES_LIMIT;
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length <= limit) {
                return bytes;
            }
        }
        problems.add(file, "", "has more than " + limit + " bytes");
        return null;
    }

    /** Returns the text of a file with LF line ends, or null after saying what is wrong with it. */
    @Nullable String text(String file, Problems problems) {
        byte[] bytes = bytes(file, problems);
        if (bytes == null) {
            return null;
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return (text.startsWith("\uFEFF") ? text.substring(1) : text).replace("\r\n", "\n");
        } catch (CharacterCodingException malformed) {
            problems.add(file, "", "is not UTF-8");
            return null;
        }
    }

    /**
     * Walks a folder and notes its files, also what is a pipe or leads nowhere: whoever reads such
     * a one is told.
     */
    private static final class Listing extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final SortedMap<String, Stamp> stamps;

        Listing(Path folder, SortedMap<String, Stamp> stamps) {
            this.folder = folder;
            this.stamps = stamps;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean skipped = !directory.equals(folder) && isHidden(directory);
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (!attributes.isDirectory() && !isHidden(file)) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                stamps.put(
                        name,
                        new Stamp(
                                attributes.lastModifiedTime(),
                                attributes.size(),
                                attributes.fileKey()));
            }
            if (stamps.size() > COUNT_LIMIT) {
                throw new IOException("there are more than " + COUNT_LIMIT + " files");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException && !file.equals(folder)) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
