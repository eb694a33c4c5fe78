package io.worldweave.domain.weave;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.Watchers;
import io.worldweave.domain.play.Located;
import io.worldweave.domain.presence.Attendance;
import io.worldweave.domain.presence.Presences;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open stream. Whoever writes it pulls: {@link #poll} when the client can take more, until
 * there is nothing; then it waits for the wake that it gave at the opening, or for {@link
 * #nanosUntilDue}.
 *
 * <p>Thread-safe. Nothing here blocks.
 */
public final class Subscription implements AutoCloseable {
    private final UserId user;
    private final LiveWorld world;
    private final Weave weave;
    private final boolean endsWithTurn;
    private final Runnable wake;
    private final Subscriptions registry;
    private final WeaveCounters counters;

    private Bus.@Nullable Interest outside;
    private @Nullable CloseReason closing;
    private boolean closed;
    private long polls;
    private long pollsAtMark = -1;
    private long markNanos;

    Subscription(
            UserId user,
            LiveWorld world,
            Weave weave,
            boolean endsWithTurn,
            Runnable wake,
            Subscriptions registry,
            WeaveCounters counters) {
        this.user = user;
        this.world = world;
        this.weave = weave;
        this.endsWithTurn = endsWithTurn;
        this.wake = () -> Watchers.wake(wake);
        this.registry = registry;
        this.counters = counters;
    }

    public UserId user() {
        return user;
    }

    /** Returns the next frame to write, or null if none waits. */
    public synchronized @Nullable Frame poll() {
        polls++;
        if (isOver()) {
            return null;
        }
        if (closing != null && !endsByItself()) {
            Frame.Closing last = new Frame.Closing(closing);
            end();
            return last;
        }
        Frame frame = weave.poll();
        if (frame instanceof Frame.Said) {
            weave.removeOver().forEach(this::letGo);
        }
        if (frame != null) {
            counters.frames.increment();
        }
        return frame;
    }

    /**
     * Returns the present state to write in the place of an update that the client's encoding
     * cannot say.
     */
    public synchronized Frame.Snapshot snapshot() {
        return weave.snapshot();
    }

    /** Returns how long, at most, the writer may wait before it polls again, in nanoseconds. */
    public synchronized long nanosUntilDue() {
        return closing != null && !endsByItself() ? 0 : weave.nanosUntilDue();
    }

    /** Returns whether nothing will come any more: the writer ends the stream. */
    public synchronized boolean isOver() {
        return closed || (endsWithTurn && weave.turnLanes().isEmpty());
    }

    /**
     * Returns whether this stream has still something to tell of as many turns as a cursor has
     * places for: no more is added until its client has taken the end of one.
     */
    public synchronized boolean isFull() {
        return weave.turnLanes().size() >= Cursor.TURNS_LIMIT;
    }

    /** Returns the turns of which this stream has still something to tell, or will have. */
    public synchronized List<Turn> turns() {
        return weave.turnLanes().stream().map(TurnLane::turn).toList();
    }

    /** Returns whether the turn plays in the world that this stream shows. */
    public boolean showsWorldOf(Turn turn) {
        return turn.world().id().equals(world.id());
    }

    /** Adds a turn's narrative to this stream, which is not full, from its beginning. */
    public void add(Turn turn) {
        add(turn, null);
    }

    /**
     * Adds a turn's narrative to this stream, which is not full: from where {@code cursor} says
     * that its client has come, be it on another stream, or from its beginning. To no effect if the
     * client has all of it.
     */
    public void add(Turn turn, @Nullable Cursor cursor) {
        add(turn, Subscriptions.offset(turn, user, cursor));
    }

    private void add(Turn turn, long offset) {
        synchronized (this) {
            if (closed || turn.log().isOverAt(offset)) {
                return;
            }
            if (isFull()) {
                throw new IllegalStateException(
                        "a stream tells of at most " + Cursor.TURNS_LIMIT + " turns at once");
            }
            registry.addLane(weave, turn, offset);
            attach(turn);
        }
        wake.run();
    }

    /**
     * Stops a turn for all its viewers; this stream is told how the turn ended even if it is none
     * of them, and is then not full. Not to be called while another thread adds turns.
     *
     * @return false if the turn had ended already
     */
    public boolean stop(Turn turn) {
        boolean watched = turns().contains(turn);
        if (!turn.stop()) {
            return false;
        }
        if (!watched) {
            add(turn, turn.log().ending());
        }
        return true;
    }

    /**
     * Gives a snapshot of where the player is by now, unless the one of the zone that the player
     * has just come to was given already. So each time a client says where it is, it is told once.
     */
    public void refresh(Located where) {
        synchronized (this) {
            weave.refresh(where);
        }
        wake.run();
    }

    /**
     * Lets this stream's player be present in its world until the stream ends, and tells it who
     * else is in the zone that it shows. To be called once, where players see each other.
     */
    public synchronized void attend(Presences presences) {
        if (!closed) {
            weave.attend(presences.attend(world, user, wake));
        }
    }

    /**
     * Returns whether this stream ends by itself as soon as its client has taken what its turn said
     * last.
     */
    private boolean endsByItself() {
        return endsWithTurn && weave.turnLanes().stream().allMatch(lane -> lane.turn().isOver());
    }

    /**
     * Ends the stream from this side; its writer is woken to say goodbye. A stream of a turn that
     * is over says how that ended instead: done is last.
     */
    public void close(CloseReason reason) {
        synchronized (this) {
            if (closed || closing != null) {
                return;
            }
            closing = reason;
        }
        wake.run();
    }

    /**
     * Ends the stream because its client has gone or all was said. May be called again, to no
     * effect.
     */
    @Override
    public synchronized void close() {
        end();
    }

    /**
     * Looks whether the client takes what waits for it, its goodbye included. To be called
     * regularly.
     *
     * @return whether it has taken nothing for the stall limit: its stream is to be closed
     */
    synchronized boolean isStalled(long nowNanos, long stallNanos) {
        boolean waits = !closed && (closing != null || weave.waits());
        if (!waits || polls != pollsAtMark) {
            pollsAtMark = waits ? polls : -1;
            markNanos = nowNanos;
            return false;
        }
        if (nowNanos - markNanos < stallNanos) {
            return false;
        }
        if (closing != null) {
            end();
            return false;
        }
        markNanos = nowNanos;
        return true;
    }

    synchronized void attach(Bus bus) {
        world.watch(wake);
        outside = bus.listen(user, world.id(), weave.heard(), this::hear);
        weave.turnLanes().forEach(lane -> attach(lane.turn()));
    }

    private void hear(Heard heard) {
        synchronized (this) {
            if (closed) {
                return;
            }
            weave.hear(heard);
        }
        wake.run();
    }

    private void attach(Turn turn) {
        turn.log().watch(wake);
        turn.joined();
    }

    private void letGo(TurnLane lane) {
        lane.turn().log().unwatch(wake);
        lane.turn().left();
    }

    private void end() {
        if (closed) {
            return;
        }
        closed = true;
        world.unwatch(wake);
        List<TurnLane> lanes = weave.turnLanes();
        lanes.forEach(this::letGo);
        Attendance attendance = weave.attendance();
        if (attendance != null) {
            attendance.close();
        }
        if (outside != null) {
            outside.close();
        }
        registry.ended(this);
    }
}
