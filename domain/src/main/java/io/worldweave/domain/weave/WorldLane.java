package io.worldweave.domain.weave;

import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.LogEntry;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.live.Squash;
import io.worldweave.domain.live.View;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import io.worldweave.domain.zone.Zones;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream's place in its world's log, and so the lane "world": what comes next there for this
 * viewer.
 *
 * <p>It holds no deltas. What the viewer has not taken is read from the log when it can be written:
 * one delta at a time, squashed to the net effect if many wait, as a snapshot if the log does not
 * reach back so far (I6) or the viewer has come to another zone. Versions form a chain (I2): {@code
 * given} is what the stream gave last, and the base of what it gives next; {@code reached} is
 * further on where the view did not show what happened.
 *
 * <p>Not thread-safe: its {@link Weave}'s.
 */
final class WorldLane {
    private final LiveWorld world;
    private final View view;
    private final Scheduler clock;
    private final WeaveLimits limits;
    private final WeaveCounters counters;
    private Position given;
    private long reached;
    private boolean known;
    private boolean snapshotDue;
    private @Nullable Position snapshotAt;

    /**
     * @param from the version that the stream's client has, or null if it has none and needs a
     *     snapshot first
     */
    WorldLane(
            LiveWorld world,
            View view,
            @Nullable Position from,
            Scheduler clock,
            WeaveLimits limits,
            WeaveCounters counters) {
        this.world = world;
        this.view = view;
        this.clock = clock;
        this.limits = limits;
        this.counters = counters;
        this.known = from != null;
        this.snapshotDue = !known;
        this.given = from == null ? world.head().position() : from;
        this.reached = given.revision();
    }

    View view() {
        return view;
    }

    /** Returns the version that the stream gave last. */
    Position given() {
        return given;
    }

    /** Returns whether the client has that version: until its first snapshot it has none. */
    boolean isKnown() {
        return known;
    }

    /** Returns the revision up to which everything was shown, filtered or squashed. */
    long reached() {
        return reached;
    }

    /**
     * Returns the zone where the viewer is as far as the client knows; null if that is nowhere, or
     * is not known here yet.
     */
    @Nullable String zone() {
        WorldState head = world.head();
        Position looked = given.at(reached);
        if (head.position().equals(looked)) {
            return snapshotDue ? null : Zones.of(head, view.viewer());
        }
        LogEntry next = snapshotDue ? null : world.log().after(looked);
        return next == null ? null : Zones.of(next.before(), view.viewer());
    }

    /** Makes a snapshot the next thing that is given. */
    void refresh() {
        snapshotDue = true;
    }

    /** The same, unless a snapshot of {@code position} or later was given. */
    void refreshTo(Position position) {
        Position last = snapshotAt;
        snapshotDue |=
                last == null
                        || !last.epoch().equals(position.epoch())
                        || last.revision() < position.revision();
    }

    /** Returns whether the log has what this lane has not looked at. */
    boolean waits() {
        Position looked = given.at(reached);
        boolean atHead = world.head().position().equals(looked);
        return snapshotDue || !(atHead || world.log().isBehind(looked));
    }

    /**
     * Returns the next frame, having taken all that the view does not show; null if nothing waits.
     */
    @Nullable Frame next(Cursors cursors) {
        if (snapshotDue) {
            return snapshot(cursors);
        }
        WorldState head = world.head();
        if (head.revision() - reached > limits.squashAfter()) {
            return squashed(cursors);
        }
        LogEntry entry;
        while ((entry = world.log().after(given.at(reached))) != null) {
            Projection projection = entry.projection(view);
            if (projection == null) {
                return snapshot(cursors);
            }
            reached = entry.delta().revision();
            if (!projection.changes().isEmpty()) {
                return update(projection, cursors);
            }
        }
        // what has come since is the next one's
        Position looked = given.at(reached);
        boolean leadsOn = world.log().reaches(looked) || world.log().isBehind(looked);
        return leadsOn ? null : snapshot(cursors);
    }

    /** Returns the present state as a snapshot that replaces whatever the client has. */
    Frame.Snapshot snapshot(Cursors cursors) {
        WorldState head = world.head();
        known = true;
        snapshotDue = false;
        given = head.position();
        reached = head.revision();
        snapshotAt = given;
        counters.snapshots.increment();
        return new Frame.Snapshot(world.id(), view, head, cursors.at(given), clock.unixMillis());
    }

    private Frame update(Projection projection, Cursors cursors) {
        long base = given.revision();
        given = given.at(reached);
        return new Frame.WorldUpdate(projection, base, cursors.at(given));
    }

    private @Nullable Frame squashed(Cursors cursors) {
        List<LogEntry> entries = world.log().since(given.at(reached));
        if (entries == null) {
            return snapshot(cursors);
        }
        if (entries.isEmpty()) {
            return null;
        }
        Projection net = Squash.of(world.id(), view, entries);
        counters.squashes.increment();
        if (net == null || net.changes().size() > limits.snapshotAfter()) {
            return snapshot(cursors);
        }
        reached = entries.getLast().delta().revision();
        return net.changes().isEmpty() ? null : update(net, cursors);
    }
}
