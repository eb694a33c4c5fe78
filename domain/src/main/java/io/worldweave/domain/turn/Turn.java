package io.worldweave.domain.turn;

import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One message of a player and all that answers it. It ends exactly once, whatever its narrator
 * does, and does not end because somebody stops watching (I8).
 *
 * <p>Thread-safe. While it runs it holds its world, which so stays at work. The narrator's
 * subscription is never called under the turn's lock: a narrator may hold one of its own while it
 * writes.
 */
public final class Turn {
    private static final System.Logger LOG = System.getLogger(Turn.class.getName());

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

    private int viewers;
    private Scheduler.@Nullable Timer grace;
    private Flow.@Nullable Subscription narration;
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
        this.conversation = first.conversation();
        this.number = first.turn();
        this.owner = owner;
        this.world = world;
        this.start = world.head().position();
        this.scheduler = scheduler;
        this.limits = limits;
        this.begunNanos = scheduler.nanoTime();
        world.hold();
        log.append(new TurnEvent.Metadata(model, scheduler.unixMillis(), start.revision()), 0);
        this.timeout = scheduler.after(limits.whole(), this::timedOut);
        this.grace = scheduler.after(limits.grace(), this::forsaken);
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

    long begunNanos() {
        return begunNanos;
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
        if (viewers == 0 && !over) {
            grace = scheduler.after(limits.grace(), this::forsaken);
        }
    }

    /**
     * Ends the turn for all its viewers; what was written is kept. Returns false if it had ended
     * already.
     */
    public boolean stop() {
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

    /** Lets the narrator write, unless the turn has ended. */
    void narrate(Flow.Publisher<String> narrative) {
        narrative.subscribe(new NarrativeReader(this, limits.text()));
    }

    /** Ends the turn with a failure. */
    void fail(String code, String message) {
        end(new TurnEvent.Failure(code, message), TurnEvent.FinishReason.ERROR, false);
    }

    /** Ends the turn because all is said. */
    void complete() {
        end(null, TurnEvent.FinishReason.STOP, false);
    }

    /**
     * Takes the narrator's subscription; false if the turn has ended, or listens to a narrator
     * already.
     */
    synchronized boolean listens(Flow.Subscription subscription) {
        if (over || narration != null) {
            return false;
        }
        narration = subscription;
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
        Flow.Subscription running;
        synchronized (this) {
            if (over || (unlessWatched && viewers > 0)) {
                return false;
            }
            over = true;
            endedNanos = scheduler.nanoTime();
            running = narration;
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
            cancel(running);
        }
        return true;
    }

    private void cancel(Flow.Subscription running) {
        try {
            running.cancel();
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    "the narrator of " + conversation + " was not cancelled",
                    failure);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
