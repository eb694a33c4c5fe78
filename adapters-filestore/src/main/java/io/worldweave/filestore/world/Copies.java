package io.worldweave.filestore.world;

import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people may read of a world: its own copy, and those of its players.
 *
 * <p>One thread at a time writes; {@link #changed} may be called beside it. Methods that write
 * block for the disk.
 */
final class Copies {
    private static final System.Logger LOG = System.getLogger(Copies.class.getName());

    private final WorldId world;
    private final ReadableCopy copy;
    private final PlayerCopies players;

    Copies(WorldId world, WorldFolders folders) {
        this.world = world;
        this.copy = new ReadableCopy(world, folders.of(world));
        this.players = new PlayerCopies(player -> folders.ofPart(world, player));
    }

    /** Notes what the deltas change. */
    void changed(List<Delta> deltas) {
        players.changed(deltas);
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
        failures.attempt(
                "the copy of world " + world + " was not written", () -> writeWorld(present.get()));
        failures.attempt(
                "the copies of the players of world " + world + " were not written",
                () -> writePlayers(present));
    }

    private void writeWorld(@Nullable WorldState state) throws IOException {
        if (state != null) {
            copy.write(state);
        }
    }

    /** Who is next is asked before the state is, so that the state has what they wait for. */
    private void writePlayers(Supplier<@Nullable WorldState> present) {
        List<UserId> next = players.next();
        WorldState state = present.get();
        if (state != null) {
            players.write(next, state);
        }
    }

    /** Writes all the files of a world that came from elsewhere; what cannot be is reported. */
    void writeAll(WorldState state) {
        Failures failures = new Failures();
        failures.attempt(
                "the copy of world " + world + " was not written", () -> copy.write(state));
        failures.attempt(
                "the copies of the players of world " + world + " were not written",
                () -> players.writeAll(state));
        try {
            failures.throwIfAny();
        } catch (StoreUnavailableException notWritten) {
            LOG.log(Level.WARNING, "not all of a world that was taken over was copied", notWritten);
        }
    }

    /** Writes what has changed of a world that is let go of. */
    void writeLast(WorldState state) throws IOException {
        copy.write(state);
        players.write(players.next(), state);
    }
}
