package io.worldweave.domain.turn;

import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One message of a player and all that answers it. It ends exactly once, whatever its narrator
 * does, and does not end because somebody stops watching (I8).
 *
 * <p>Thread-safe. While it runs it holds its world, which so stays at work. The narrator is never
 * called under the turn's lock: it may hold one of its own while it writes.
 */
public final class Turn {
    private final ConversationId conversation;
    private final long number;
    private final UserId owner;
    private final LiveWorld world;
    private final Position start;
    private final Scheduler scheduler;
    private final TurnLimits limits;
    private final long begunNanos;
    private final TurnLog log = new TurnLog();
    private final Scheduler.Timer timeout;
    private final @Nullable Runnable stopElsewhere;

    private int viewers;
    private Scheduler.@Nullable Timer grace;
    private @Nullable Runnable letGo;
    private @Nullable Runnable afterwards;
    private long fence;
    private boolean over;
    private volatile long endedNanos;

    Turn(
            TurnPosition first,
            UserId owner,
            LiveWorld world,
            Scheduler scheduler,
            TurnLimits limits,
            String model) {
        this(first, owner, world, world.head().position(), scheduler, limits, null);
        log.append(new TurnEvent.Metadata(model, scheduler.unixMillis(), start.revision()), 0);
        this.grace = scheduler.after(limits.grace(), this::forsaken);
    }

    private Turn(
            TurnPosition first,
            UserId owner,
            LiveWorld world,
            Position start,
            Scheduler scheduler,
            TurnLimits limits,
            @Nullable Runnable stopElsewhere) {
        this.conversation = first.conversation();
        this.number = first.turn();
        this.owner = owner;
        this.world = world;
        this.start = start;
        this.scheduler = scheduler;
        this.limits = limits;
        this.begunNanos = scheduler.nanoTime();
        this.stopElsewhere = stopElsewhere;
        world.hold();
        // a turn that runs elsewhere is timed there
        this.timeout =
                stopElsewhere == null ? scheduler.after(limits.whole(), this::timedOut) : () -> {};
    }

    /**
     * Returns a turn that runs on another node: it says what is relayed to it, and what ends it is
     * there.
     *
     * @param stop asks that node to stop it
     */
    static Turn elsewhere(
            TurnPosition first,
            UserId owner,
            LiveWorld world,
            Position start,
            Scheduler scheduler,
            TurnLimits limits,
            Runnable stop) {
        return new Turn(first, owner, world, start, scheduler, limits, stop);
    }

    /** Says what that node said; after the end nothing. */
    void relays(TurnEvent event, long itsFence) {
        if (event instanceof TurnEvent.Done(var reason)) {
            synchronized (this) {
                fence = Math.max(fence, itsFence);
            }
            end(null, reason, false);
            return;
        }
        synchronized (this) {
            if (!over) {
                fence = Math.max(fence, itsFence);
                log.append(event, itsFence);
            }
        }
    }

    /** Returns whether somebody watches. */
    synchronized boolean isWatched() {
        return viewers > 0;
    }

    /** Lets go of the world, whatever is still said elsewhere; says nothing more. */
    void abandon() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            endedNanos = scheduler.nanoTime();
        }
        world.release();
    }

    public ConversationId conversation() {
        return conversation;
    }

    /** Returns the number of this turn, as in {@link TurnPosition}. */
    public long number() {
        return number;
    }

    public UserId owner() {
        return owner;
    }

    public LiveWorld world() {
        return world;
    }

    /** Returns where the world was when the turn began: there the chain of its streams starts. */
    public Position start() {
        return start;
    }

    public TurnLog log() {
        return log;
    }

    public synchronized boolean isOver() {
        return over;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    TurnLimits limits() {
        return limits;
    }

    long begunNanos() {
        return begunNanos;
    }

    /** Runs {@code task} once when the turn has ended, on the thread that ended it. */
    void whenOver(Runnable task) {
        synchronized (this) {
            if (!over) {
                afterwards = task;
                return;
            }
        }
        task.run();
    }

    /** Returns when the turn ended; means nothing while it runs. */
    long endedNanos() {
        return endedNanos;
    }

    /** Counts a viewer, who calls {@link #left} once when it goes. */
    public synchronized void joined() {
        viewers++;
        if (grace != null) {
            grace.cancel();
            grace = null;
        }
    }

    /** Counts a viewer off. When the last has gone, the grace time begins. */
    public synchronized void left() {
        viewers--;
        if (viewers == 0 && !over && stopElsewhere == null) {
            grace = scheduler.after(limits.grace(), this::forsaken);
        }
    }

    /**
     * Ends the turn for all its viewers; what was written is kept. Returns false if it had ended
     * already.
     */
    public boolean stop() {
        if (stopElsewhere != null) {
            boolean runs = !isOver();
            stopElsewhere.run();
            return runs;
        }
        return end(null, TurnEvent.FinishReason.CANCELLED, false);
    }

    /** Ends the turn because the service does. */
    void interrupt() {
        end(
                new TurnEvent.Failure("shutting_down", "the service is stopping; come back soon"),
                TurnEvent.FinishReason.CANCELLED,
                false);
    }

    /**
     * Says that a command was run whose effect shows at {@code revision}; what is said from now on
     * waits for it.
     */
    synchronized void ran(TurnEvent.ToolUse use, long revision) {
        if (!over) {
            fence = Math.max(fence, revision);
            log.append(use, fence);
        }
    }

    /** Ends the turn with a failure. */
    void fail(String code, String message) {
        end(new TurnEvent.Failure(code, message), TurnEvent.FinishReason.ERROR, false);
    }

    /** Ends the turn because all is said. */
    void complete() {
        end(null, TurnEvent.FinishReason.STOP, false);
    }

    /** Ends the turn because its narrator says nothing more. */
    void fellSilent() {
        end(
                new TurnEvent.Failure("narrator_silent", "the narrator said nothing for too long"),
                TurnEvent.FinishReason.TIMEOUT,
                false);
    }

    /**
     * Listens to a narrator in the place of the one before; false if the turn has ended.
     *
     * @param release run when the turn ends, so that the narrator does not go on; throws nothing
     */
    synchronized boolean listens(Runnable release) {
        if (over) {
            return false;
        }
        letGo = release;
        return true;
    }

    /** Says the next piece of narrative; false if the turn has ended. */
    synchronized boolean says(String text) {
        if (!over && !text.isEmpty()) {
            log.append(new TurnEvent.Content(text), fence);
        }
        return !over;
    }

    private void timedOut() {
        String message = "the turn took longer than " + seconds(limits.whole());
        end(new TurnEvent.Failure("turn_timeout", message), TurnEvent.FinishReason.TIMEOUT, false);
    }

    private void forsaken() {
        end(null, TurnEvent.FinishReason.CANCELLED, true);
    }

    private boolean end(
            TurnEvent.@Nullable Failure failure,
            TurnEvent.FinishReason reason,
            boolean unlessWatched) {
        Runnable running;
        Runnable next;
        synchronized (this) {
            if (over || (unlessWatched && viewers > 0)) {
                return false;
            }
            over = true;
            endedNanos = scheduler.nanoTime();
            running = letGo;
            letGo = null;
            next = afterwards;
            afterwards = null;
            timeout.cancel();
            if (grace != null) {
                grace.cancel();
            }
            if (failure != null) {
                log.append(failure, fence);
            }
            log.append(new TurnEvent.Done(reason), fence);
        }
        world.release();
        if (running != null) {
            running.run();
        }
        if (next != null) {
            next.run();
        }
        return true;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
