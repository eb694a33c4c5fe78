package io.worldweave.domain.turn;

import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One message of a player and all that answers it. It ends exactly once, whatever its narrator
 * does, and does not end because somebody stops watching (I8).
 *
 * <p>Thread-safe.
 */
public final class Turn {
    private final ConversationId conversation;
    private final int number;
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
        log.append(new TurnEvent.Metadata(model, scheduler.unixMillis(), start.revision()), 0);
        this.timeout = scheduler.after(limits.whole(), this::timedOut);
        this.grace = scheduler.after(limits.grace(), this::forsaken);
    }

    public ConversationId conversation() {
        return conversation;
    }

    /** Returns the number of this turn in its conversation, from 1. */
    public int number() {
        return number;
    }

    public UserId owner() {
        return owner;
    }

    public LiveWorld world() {
        return world;
    }

    long begunNanos() {
        return begunNanos;
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
        return end(null, TurnEvent.FinishReason.CANCELLED);
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
        narrative.subscribe(new Listener());
    }

    /** Ends the turn with a failure. */
    void fail(String code, String message) {
        end(new TurnEvent.Failure(code, message), TurnEvent.FinishReason.ERROR);
    }

    private void timedOut() {
        end(
                new TurnEvent.Failure(
                        "turn_timeout", "the turn took longer than " + seconds(limits.whole())),
                TurnEvent.FinishReason.TIMEOUT);
    }

    private void forsaken() {
        synchronized (this) {
            if (viewers > 0) {
                return;
            }
        }
        stop();
    }

    private boolean end(TurnEvent.@Nullable Failure failure, TurnEvent.FinishReason reason) {
        Flow.Subscription running;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
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
        if (running != null) {
            running.cancel();
        }
        return true;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    /** Takes what the narrator writes, one chunk after another. */
    private final class Listener implements Flow.Subscriber<String> {
        private Flow.@Nullable Subscription subscription;
        private int written;
        private String half = "";

        @Override
        public void onSubscribe(Flow.Subscription given) {
            boolean late;
            synchronized (Turn.this) {
                late = over || subscription != null;
                if (!late) {
                    subscription = given;
                    narration = given;
                }
            }
            if (late) {
                given.cancel();
            } else {
                given.request(1);
            }
        }

        @Override
        public void onNext(String chunk) {
            Flow.Subscription more;
            boolean tooMuch = false;
            synchronized (Turn.this) {
                if (over) {
                    return;
                }
                String text = wholeCharacters(chunk);
                if (!text.isEmpty()) {
                    written += text.length();
                    tooMuch = written > limits.text();
                    if (!tooMuch) {
                        log.append(new TurnEvent.Content(text), fence);
                    }
                }
                more = subscription;
            }
            if (tooMuch) {
                fail(
                        "narrative_too_long",
                        "the narrator wrote more than " + limits.text() + " characters");
            } else if (more != null) {
                more.request(1);
            }
        }

        /**
         * Keeps back half of a character until the other half comes: neither can be encoded alone.
         */
        private String wholeCharacters(String chunk) {
            String text = half + chunk;
            boolean cut =
                    !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
            half = cut ? text.substring(text.length() - 1) : "";
            return cut ? text.substring(0, text.length() - 1) : text;
        }

        @Override
        public void onError(Throwable failure) {
            fail("narrator_failed", "the narrator could not go on");
        }

        @Override
        public void onComplete() {
            end(null, TurnEvent.FinishReason.STOP);
        }
    }
}
