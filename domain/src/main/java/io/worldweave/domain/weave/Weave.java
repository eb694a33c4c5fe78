package io.worldweave.domain.weave;

import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.play.Located;
import io.worldweave.domain.presence.Attendance;
import io.worldweave.domain.presence.PresenceEvent;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.world.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The merge of the lanes of one stream.
 *
 * <p>A client that has nothing of the world is given that first: any cursor says that it has. Then
 * a turn's beginning goes, for all else on its stream follows from it. Then the world goes before
 * words (I4): while a world update waits no narrative goes, and narrative about a revision waits at
 * its fence until the stream has reached it. Only when words that could go have waited for {@link
 * WeaveLimits#worldRun} frames or for {@link WeaveLimits#worldTime} does one frame of them go in
 * between (I5).
 *
 * <p>Not thread-safe: its {@link Subscription}'s, which steps it.
 */
final class Weave {
    private final WorldLane world;
    private final List<TurnLane> turns = new ArrayList<>();
    private final Scheduler scheduler;
    private final WeaveLimits limits;
    private final WeaveCounters counters;
    private final Deque<Heard> outside = new ArrayDeque<>();
    private @Nullable EventPosition heard;
    private @Nullable Attendance others;
    private int nextTurn;
    private int worldRun;
    private boolean wordsWait;
    private long wordsWaitSinceNanos;
    private long lastFrameNanos;

    /**
     * @param heard how far the stream's client was given the events of other programs, or null if
     *     it has none
     */
    Weave(
            WorldLane world,
            @Nullable EventPosition heard,
            Scheduler scheduler,
            WeaveLimits limits,
            WeaveCounters counters) {
        this.world = world;
        this.heard = heard;
        this.scheduler = scheduler;
        this.limits = limits;
        this.counters = counters;
        this.lastFrameNanos = scheduler.nanoTime();
    }

    void add(TurnLane lane) {
        turns.add(lane);
    }

    /** Tells from now on who else is there. */
    void attend(Attendance attendance) {
        others = attendance;
    }

    @Nullable Attendance attendance() {
        return others;
    }

    /** Returns how far the client was given the events of other programs, or null. */
    @Nullable EventPosition heard() {
        return heard;
    }

    /**
     * Has it given when its turn comes. If too many wait, the oldest is dropped, and where they are
     * kept the client is told that it missed some.
     */
    void hear(Heard next) {
        switch (next) {
            case Heard.Quiet(EventPosition position) -> {
                // behind what waits, the next one will say the same
                if (outside.isEmpty()) {
                    heard = position;
                }
            }
            case Heard.Missed missed -> {
                if (outside.peekLast() instanceof Heard.Missed) {
                    outside.removeLast();
                }
                outside.addLast(missed);
            }
            case Heard.Said said -> {
                outside.addLast(said);
                if (outside.size() > limits.outside()) {
                    dropOldest();
                }
            }
        }
    }

    private void dropOldest() {
        EventPosition missed = null;
        Heard oldest;
        do {
            oldest = outside.removeFirst();
            missed = oldest.position() == null ? missed : oldest.position();
        } while (oldest instanceof Heard.Missed);
        if (missed != null) {
            outside.addFirst(new Heard.Missed(missed));
        }
        counters.outsideDropped.increment();
    }

    /** Takes away the lanes whose turns are over and wholly given, and returns them. */
    List<TurnLane> removeOver() {
        List<TurnLane> over = turns.stream().filter(TurnLane::isOver).toList();
        turns.removeAll(over);
        return over;
    }

    List<TurnLane> turnLanes() {
        return List.copyOf(turns);
    }

    /** Returns whether a lane has something that was not given, be it behind a fence. */
    boolean waits() {
        return world.waits() || !outside.isEmpty() || turns.stream().anyMatch(TurnLane::waits);
    }

    /** Returns the next frame, or null if none can go now. */
    @Nullable Frame poll() {
        long now = scheduler.nanoTime();
        Frame frame = world.isKnown() ? beginning(now) : null;
        if (frame == null) {
            frame = wordsAreDue(now) ? wordsThenWorld(now) : worldThenWords(now);
        }
        if (frame == null && now - lastFrameNanos >= limits.heartbeat().toNanos()) {
            frame = new Frame.Heartbeat();
        }
        if (frame != null) {
            lastFrameNanos = now;
        }
        return frame;
    }

    /** Returns how long until {@link #poll} may give something although nothing has happened. */
    long nanosUntilDue() {
        long now = scheduler.nanoTime();
        long due = Math.max(0, lastFrameNanos + limits.heartbeat().toNanos() - now);
        for (TurnLane lane : turns) {
            due = Math.min(due, lane.nanosUntilDue(now));
        }
        return due;
    }

    /**
     * Returns a snapshot of the present to give in the place of an update that the client's
     * encoding cannot say.
     */
    Frame.Snapshot snapshot() {
        Frame.Snapshot snapshot = world.snapshot(this::cursor);
        if (others != null) {
            others.shows(world.zone());
        }
        return snapshot;
    }

    /** Makes a snapshot the next thing that is given of the world, unless this one was given. */
    void refresh(Located where) {
        if (where.moved()) {
            world.refreshTo(where.position());
        } else {
            world.refresh();
        }
    }

    private @Nullable Frame beginning(long now) {
        for (TurnLane lane : turns) {
            if (lane.isAtStart()) {
                return said(lane, now);
            }
        }
        return null;
    }

    private @Nullable Frame worldThenWords(long now) {
        Frame update = worldThenOthers();
        if (update == null) {
            return words(now);
        }
        worldRun++;
        if (!wordsWait && turns.stream().anyMatch(lane -> lane.isReady(world.reached(), now))) {
            wordsWait = true;
            wordsWaitSinceNanos = now;
            worldRun = 0;
        }
        return update;
    }

    private @Nullable Frame wordsThenWorld(long now) {
        Frame words = words(now);
        return words == null ? worldThenOthers() : words;
    }

    /** The world, who else is there, and what other programs say. */
    private @Nullable Frame worldThenOthers() {
        Frame frame = worldThenPresence();
        return frame == null ? others() : frame;
    }

    private @Nullable Frame others() {
        Heard next = outside.pollFirst();
        if (next == null) {
            return null;
        }
        EventPosition position = next.position();
        if (position != null) {
            heard = position;
        }
        if (next instanceof Heard.Said said) {
            return new Frame.Outside(said.event(), position == null ? null : cursor(world.given()));
        }
        world.refresh();
        return worldThenPresence();
    }

    private @Nullable Frame worldThenPresence() {
        Frame update = world.next(this::cursor);
        if (others == null) {
            return update;
        }
        // each snapshot counts: a zone that was left and come back to begins with nobody
        others.shows(world.zone());
        PresenceEvent event = update == null ? others.next() : null;
        return event == null ? update : new Frame.Presence(event, scheduler.unixMillis());
    }

    private boolean wordsAreDue(long now) {
        return wordsWait
                && (worldRun >= limits.worldRun()
                        || now - wordsWaitSinceNanos >= limits.worldTime().toNanos());
    }

    /** Lets the turns speak in rotation. */
    private @Nullable Frame words(long now) {
        worldRun = 0;
        wordsWait = false;
        for (int i = 0; i < turns.size(); i++) {
            nextTurn = (nextTurn + 1) % turns.size();
            Frame frame = said(turns.get(nextTurn), now);
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    private @Nullable Frame said(TurnLane lane, long now) {
        TurnEvent event = lane.next(world.reached(), now);
        return event == null
                ? null
                : new Frame.Said(lane.turn().conversation(), event, cursor(world.given()));
    }

    private Cursor cursor(Position given) {
        List<TurnPosition> positions = turns.stream().map(TurnLane::position).toList();
        return new Cursor(given, world.view().name(), world.view().viewer(), positions, heard);
    }
}
