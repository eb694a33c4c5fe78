package io.worldweave.domain.live;

import io.worldweave.domain.store.History;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A world's present state and its recent deltas, with the states between them.
 *
 * <p>Streams keep no deltas of their own: each remembers how far it has come in this log and reads
 * on from there. So a slow stream costs nothing but its place (I6), and what it has not read yet
 * can still be squashed. States share what they have in common; an entry costs about as much as its
 * delta.
 *
 * <p>Thread-safe. Under its lock only references move.
 */
public final class WorldLog {
    private final WorldId world;

    /** A ring: the delta from revision {@code r} stands at {@code r % entries.length}. */
    private final @Nullable LogEntry[] entries;

    private int kept;
    private volatile WorldState head;

    /**
     * Begins with what a store knows.
     *
     * @param limit how many deltas are kept at most, from 1
     */
    WorldLog(WorldId world, History history, int limit) {
        this.world = world;
        this.entries = new LogEntry[limit];
        this.head = history.base();
        append(head.position().epoch(), history.deltas());
    }

    /** Returns the present state. */
    public WorldState head() {
        return head;
    }

    /**
     * Appends those of the deltas that continue the present state; older ones are in the log
     * already.
     *
     * @return false if they belong to another history, or a delta is missing before one of them,
     *     which then is not appended
     */
    synchronized boolean append(String epoch, List<Delta> deltas) {
        if (!epoch.equals(head.position().epoch())) {
            return false;
        }
        for (Delta delta : deltas) {
            if (delta.base() > head.revision()) {
                return false;
            }
            if (delta.base() == head.revision()) {
                append(delta);
            }
        }
        return true;
    }

    private void append(Delta delta) {
        WorldState after = applied(delta);
        entries[slot(delta.base())] = new LogEntry(world, delta, head, after);
        kept = Math.min(kept + 1, entries.length);
        head = after;
    }

    private WorldState applied(Delta delta) {
        return switch (head.apply(delta)) {
            case Edit.Applied<WorldState>(WorldState after) -> after;
            case Edit.Refused<WorldState>(var rejection) ->
                    throw new IllegalStateException(
                            "a committed delta of "
                                    + world
                                    + " does not apply: "
                                    + rejection.reason());
        };
    }

    /**
     * Begins anew with what the store said, unless it said so before the present state was
     * committed: a history never steps back.
     */
    synchronized void replace(History history) {
        Position begin = history.base().position();
        boolean older =
                begin.epoch().equals(head.position().epoch())
                        && begin.revision() + history.deltas().size() < head.revision();
        if (!older) {
            kept = 0;
            head = history.base();
            append(begin.epoch(), history.deltas());
        }
    }

    /**
     * Returns the entry that leads on from {@code position}, or null if none does or it is no
     * longer kept.
     */
    public synchronized @Nullable LogEntry after(Position position) {
        return reaches(position) && position.revision() < head.revision()
                ? entries[slot(position.revision())]
                : null;
    }

    /**
     * Returns the entries that lead from {@code position} to the present, or null if not all of
     * them are kept.
     */
    public synchronized @Nullable List<LogEntry> since(Position position) {
        if (!reaches(position)) {
            return null;
        }
        List<LogEntry> list = new ArrayList<>();
        for (long revision = position.revision(); revision < head.revision(); revision++) {
            LogEntry entry = entries[slot(revision)];
            if (entry != null) {
                list.add(entry);
            }
        }
        return list;
    }

    /** Returns whether a stream at {@code position} can go on from there without a snapshot. */
    public synchronized boolean reaches(Position position) {
        long behind = head.revision() - position.revision();
        return position.epoch().equals(head.position().epoch()) && behind >= 0 && behind <= kept;
    }

    /**
     * Returns whether {@code position} is in this history and the node has not come so far yet;
     * another node has.
     */
    public boolean isBehind(Position position) {
        Position here = head.position();
        return here.epoch().equals(position.epoch()) && here.revision() < position.revision();
    }

    private int slot(long revision) {
        return (int) (revision % entries.length);
    }
}
