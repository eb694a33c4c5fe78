package io.worldweave.filestore.world;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.user.UserToken;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.stored.Fields;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The worlds that a data directory holds: the folders with a journal, or with a copy that says that
 * there was one. One whose name is no world's is reported in the log and left out.
 */
record WorldListing(WorldFolders folders) {
    private static final System.Logger LOG = System.getLogger(WorldListing.class.getName());

    /**
     * A folder with a journal or a copy; the world is null if the folder is called as no world's
     * is.
     */
    record Found(Path folder, @Nullable WorldId world) {}

    /** Returns the worlds that have a journal or a copy, ordered by what they are called. */
    List<WorldId> worlds() throws IOException {
        List<WorldId> worlds = new ArrayList<>();
        for (Found found : found()) {
            if (found.world() == null) {
                LOG.log(
                        Level.WARNING,
                        "{0} has a journal or a copy and is no world''s folder",
                        found.folder());
            } else {
                worlds.add(found.world());
            }
        }
        worlds.sort(Comparator.comparing(WorldId::toString));
        return worlds;
    }

    /** Returns the folders that have a journal or a copy, whatever they are called. */
    List<Found> found() throws IOException {
        List<Found> found = new ArrayList<>();
        for (Path folder : foldersIn(folders.data().resolve("worlds"))) {
            add(found, folder, null);
        }
        for (Path player : foldersIn(folders.data().resolve("players"))) {
            for (Path folder : foldersIn(player)) {
                add(found, folder, player);
            }
        }
        return found;
    }

    private void add(List<Found> found, Path folder, @Nullable Path player) throws IOException {
        List<Path> segments = JournalFolder.segmentsIn(folder);
        if (!segments.isEmpty() || ReadableCopy.isIn(folder)) {
            found.add(new Found(folder, world(folder, player, segments)));
        }
    }

    private @Nullable WorldId world(Path folder, @Nullable Path player, List<Path> segments)
            throws IOException {
        try {
            WorldId world =
                    player == null
                            ? new WorldId.Shared(new ExperienceId(name(folder)))
                            : ofPlayer(name(folder), owner(player, segments));
            return folders.of(world).equals(folder) ? world : null;
        } catch (IllegalArgumentException notAWorld) {
            LOG.log(Level.DEBUG, "no world is called as its folder", notAWorld);
            return null;
        }
    }

    private static WorldId ofPlayer(String name, UserId owner) {
        return name.equals(WorldFolders.PROFILE)
                ? new WorldId.Profile(owner)
                : new WorldId.Isolated(new ExperienceId(name), owner);
    }

    /** A name that was cut does not tell whose it is; the journal does. */
    private static UserId owner(Path player, List<Path> segments) throws IOException {
        String token = name(player);
        if (token.indexOf('~') < 0) {
            return UserToken.decode(token);
        }
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("no journal says whose " + player + " is");
        }
        byte[] line = firstLine(segments.getLast());
        String world = Fields.text(Line.open(line).object(), "world");
        return new UserId(world.substring(world.indexOf('/') + 1));
    }

    private static byte[] firstLine(Path segment) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(segment))) {
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                line.write(b);
            }
        }
        return line.toByteArray();
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }
}
