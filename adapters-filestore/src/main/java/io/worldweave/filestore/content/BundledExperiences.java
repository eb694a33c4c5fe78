package io.worldweave.filestore.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the experiences that come with the service where its users keep theirs. */
public final class BundledExperiences {
    private static final String UNFINISHED = ".unfinished-";

    private BundledExperiences() {}

    /**
     * Copies every experience in {@code bundled} that {@code folder} does not have, each of them as
     * a whole or not at all; one that is there is left as it is. Creates {@code folder} if need be.
     * A folder without a {@code config.json} is no experience.
     *
     * @return the names of those copied
     * @throws UncheckedIOException if files cannot be read or written
     */
    public static List<String> install(Path bundled, Path folder) {
        List<String> installed = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (Path source : experiencesIn(bundled)) {
                String name = String.valueOf(source.getFileName()).replace("/", "");
                if (!Files.exists(folder.resolve(name))) {
                    install(source, folder, name);
                    installed.add(name);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot copy the experiences of " + bundled + " to " + folder, failure);
        }
        return installed;
    }

    private static List<Path> experiencesIn(Path bundled) throws IOException {
        List<Path> experiences = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(bundled)) {
            for (Path entry : entries) {
                if (!ContentFiles.isHidden(entry)
                        && Files.isRegularFile(entry.resolve(ExperienceFolder.CONFIG))) {
                    experiences.add(entry);
                }
            }
        }
        experiences.sort(null);
        return experiences;
    }

    private static void install(Path source, Path folder, String name) throws IOException {
        Path unfinished = folder.resolve(UNFINISHED + name);
        delete(unfinished);
        copy(source, unfinished);
        Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(
                source,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectory(in(directory));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.copy(file, in(file));
                        return FileVisitResult.CONTINUE;
                    }

                    private Path in(Path path) {
                        return target.resolve(source.relativize(path).toString());
                    }
                });
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
