package io.worldweave.tools;

import io.worldweave.domain.store.WorldStore;
import io.worldweave.filestore.world.DataDirectory;
import io.worldweave.filestore.world.FileWorldStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A place for worlds, as a command names it. */
sealed interface Place {
    /** How places are named, for people. */
    String FORMS =
            "file:DIR (a data directory), jdbc:postgresql:… (a database), tree:DIR (a played tree"
                    + " of another service) or FILE (an export)";

    /** A data directory. */
    record Directory(Path data) implements Place {}

    /** A database. */
    record Database(String url) implements Place {}

    /** A played tree of another service. */
    record Tree(Path root) implements Place {}

    /** A file that an export wrote, or is to write. */
    record Export(Path file) implements Place {}

    static Place parse(String text) {
        if (text.startsWith("file:")) {
            return new Directory(Path.of(text.substring("file:".length())));
        }
        if (text.startsWith("jdbc:")) {
            return new Database(text);
        }
        if (text.startsWith("tree:")) {
            return new Tree(Path.of(text.substring("tree:".length())));
        }
        return new Export(Path.of(text));
    }

    /** Opens it to read from. */
    default Source source(DatabaseOptions database) throws IOException {
        return switch (this) {
            case Directory(Path data) ->
                    new DirectorySource(
                            DataDirectory.look(
                                    Existing.directory(data, "file:DIR is a data directory")));
            case Database(String url) -> new StoreSource(database.open(url));
            case Tree(Path root) -> {
                Existing.directory(root.resolve(TreeSource.EXPERIENCES), "tree:DIR holds it");
                yield new TreeSource(root, newEpoch());
            }
            case Export(Path file) ->
                    new ExportSource(
                            Existing.file(
                                    file,
                                    "FILE is an export; a data directory is named file:DIR, a"
                                            + " played tree tree:DIR, a database"
                                            + " jdbc:postgresql://HOST/NAME"));
        };
    }

    /** Refuses what worlds cannot be put into. */
    default void checkIsStore() {
        switch (this) {
            case Directory(Path data) -> {
                if (Files.exists(data)) {
                    Existing.directory(data, "name another one to import into");
                }
            }
            case Database _ -> {
                // it is found out when it is opened
            }
            case Tree _, Export _ ->
                    throw new RefusedException(
                            ExitStatus.USAGE,
                            "worlds are imported into file:DIR or jdbc:postgresql:…");
        }
    }

    /** Opens it to put worlds into. */
    default WorldStore store(DatabaseOptions database) throws IOException {
        return switch (this) {
            case Directory(Path data) -> {
                Files.createDirectories(data);
                yield new FileWorldStore(data);
            }
            case Database(String url) -> database.open(url);
            case Tree _, Export _ -> throw new IllegalStateException(this + " is no store");
        };
    }

    private static String newEpoch() {
        byte[] bytes = new byte[Long.BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
