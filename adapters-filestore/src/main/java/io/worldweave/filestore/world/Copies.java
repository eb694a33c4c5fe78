package io.worldweave.filestore.world;

import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people may read of a world: its own copy, and those of its players.
 *
 * <p>One thread at a time writes; {@link #changed} may be called beside it. Methods that write
 * block for the disk. After each writing the listener is told what was written, and who and what
 * made the changes that it shows.
 */
final class Copies {
    private static final System.Logger LOG = System.getLogger(Copies.class.getName());

    private final WorldId world;
    private final ReadableCopy copy;
    private final PlayerCopies players;
    private final CopyListener listener;
    private final Changes changes = new Changes();

    Copies(WorldId world, WorldFolders folders, CopyListener listener) {
        this.world = world;
        this.copy = new ReadableCopy(world, folders.of(world));
        this.players = new PlayerCopies(player -> folders.ofPart(world, player));
        this.listener = listener;
    }

    /** Notes what was changed before the world was opened, and perhaps not copied. */
    void opened(List<Delta> deltas) {
        players.changed(deltas);
    }

    /** Notes what the deltas change. */
    void changed(List<Delta> deltas) {
        players.changed(deltas);
        changes.add(deltas);
    }

    /** Notes that the world begins anew. */
    void begunAnew(WorldState before, WorldState after) {
        players.begunAnew(before, after);
    }

    /**
     * Writes what has changed, each file whether or not the others can be written.
     *
     * @param present gives the state, or null if there is none to be copied
     */
    void write(Supplier<@Nullable WorldState> present, Failures failures) {
        write(present, players::next, failures);
    }

    /** Writes all the files of a world that came from elsewhere; what cannot be is reported. */
    void writeAll(WorldState state) {
        Failures failures = new Failures();
        write(() -> state, () -> PlayerCopies.all(state), failures);
        try {
            failures.throwIfAny();
        } catch (StoreUnavailableException notWritten) {
            LOG.log(Level.WARNING, "not all of a world that was taken over was copied", notWritten);
        }
    }

    private void write(
            Supplier<@Nullable WorldState> present,
            Supplier<List<UserId>> whose,
            Failures failures) {
        Changes.Noted noted = changes.take();
        List<Path> written = new ArrayList<>();
        failures.attempt(
                "the copy of world " + world + " was not written",
                () -> {
                    WorldState state = present.get();
                    if (state != null && copy.write(state)) {
                        written.add(copy.file());
                    }
                });
        failures.attempt(
                "the copies of the players of world " + world + " were not written",
                () -> {
                    // Who is next is asked before the state is: it then has what they wait for.
                    List<UserId> next = whose.get();
                    WorldState state = present.get();
                    if (state != null) {
                        players.write(next, state, written::add);
                    }
                });
        tell(noted, written, present.get());
    }

    private void tell(Changes.Noted noted, List<Path> written, @Nullable WorldState state) {
        if (written.isEmpty() || state == null) {
            changes.putBack(noted);
            return;
        }
        listener.written(
                new CopiesWritten(
                        world,
                        written,
                        noted.from() < 0 ? state.revision() : noted.from(),
                        state.revision(),
                        noted.actors(),
                        noted.causes(),
                        noted.timestampMillis()));
    }
}
