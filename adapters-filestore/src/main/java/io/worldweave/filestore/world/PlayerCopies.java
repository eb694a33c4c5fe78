package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The players' own parts for people, a {@code view.json} for each player. The service never reads
 * them.
 *
 * <p>Whose part has changed waits here until its file is written, those who came first before
 * others; whose file cannot be written waits again.
 *
 * <p>Thread-safe. Only {@link #write} blocks for the disk.
 */
final class PlayerCopies {
    /** At most so many files are written at a time, and the others the next time. */
    static final int WRITE_LIMIT = 256;

    private final Function<UserId, Path> folders;
    private final Set<UserId> waiting = new LinkedHashSet<>();

    /**
     * Begins with nobody waiting.
     *
     * @param folders where the file of a player belongs
     */
    PlayerCopies(Function<UserId, Path> folders) {
        this.folders = folders;
    }

    /** Notes whose parts the deltas change. */
    synchronized void changed(List<Delta> deltas) {
        for (Delta delta : deltas) {
            for (Change change : delta.changes()) {
                if (change.part() instanceof Part.Own(UserId owner)) {
                    waiting.add(owner);
                }
            }
        }
    }

    /** Notes that the world begins anew: whoever has a part in either state has another one now. */
    synchronized void begunAnew(WorldState before, WorldState after) {
        before.players().forEach((user, _) -> waiting.add(new UserId(user)));
        after.players().forEach((user, _) -> waiting.add(new UserId(user)));
    }

    /** Returns whose files are to be written now; they do not wait any more. */
    synchronized List<UserId> next() {
        List<UserId> next = waiting.stream().limit(WRITE_LIMIT).toList();
        next.forEach(waiting::remove);
        return next;
    }

    /**
     * Writes the files of these players.
     *
     * @param written is told each file
     * @param state which has all the changes that were noted before {@link #next} gave the players
     */
    void write(List<UserId> players, WorldState state, Consumer<Path> written) {
        Failures failures = new Failures();
        List<UserId> failed = new ArrayList<>();
        for (UserId player : players) {
            failed.add(player);
            failures.attempt(
                    "the copy of what " + player + " has was not written",
                    () -> {
                        written.accept(write(player, state));
                        failed.removeLast();
                    });
        }
        synchronized (this) {
            waiting.addAll(failed);
        }
        failures.throwIfAny();
    }

    /** Returns all who have a part. */
    static List<UserId> all(WorldState state) {
        List<UserId> all = new ArrayList<>();
        state.players().forEach((user, _) -> all.add(new UserId(user)));
        return all;
    }

    /** Writes the file of a player, or deletes it, and returns it. */
    private Path write(UserId player, WorldState state) throws IOException {
        Path folder = folders.apply(player);
        Path file = file(folder);
        Document part = state.own(player);
        if (part == null) {
            Files.deleteIfExists(file);
            return file;
        }
        DurableFiles.createDirectories(folder);
        DurableFiles.replace(file, of(part));
        return file;
    }

    static Path file(Path folder) {
        return folder.resolve("view.json");
    }

    /** Returns what the file of a player holds. */
    static byte[] of(Document part) {
        return JsonWriter.pretty(
                JsonObject.of(
                        "player",
                        part.content(),
                        "metadata",
                        JsonObject.of("_version", Json.of(part.revision()))));
    }
}
