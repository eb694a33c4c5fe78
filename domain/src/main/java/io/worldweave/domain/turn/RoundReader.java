package io.worldweave.domain.turn;

import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.NarratorFailedException.Kind;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a narrator gives in one round, and ends once: by what the narrator says, by its
 * silence, or because it is let go.
 *
 * <p>Thread-safe. The narrator's subscription and the round's end are never called under a lock.
 */
final class RoundReader implements Flow.Subscriber<Narration> {
    private static final System.Logger LOG = System.getLogger(RoundReader.class.getName());

    /** What follows when a round ends by itself. */
    interface Ending {
        void completed(RoundReader round);

        void failed(RoundReader round, Kind kind, Duration pause);
    }

    /**
     * How long a round is waited for.
     *
     * @param sinceNanos when the waiting for the first sign began
     */
    record Patience(long sinceNanos, Duration firstSign, Duration silence) {}

    private final Turn turn;
    private final Voice voice;
    private final Scheduler scheduler;
    private final Patience patience;
    private final int callLimit;
    private final Ending ending;

    private final StringBuilder words = new StringBuilder();
    private final List<Narration> calls = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;
    private Scheduler.@Nullable Timer timer;
    private boolean heard;
    private long lastNanos;
    private boolean over;

    RoundReader(Turn turn, Voice voice, Patience patience, int callLimit, Ending ending) {
        this.turn = turn;
        this.voice = voice;
        this.scheduler = turn.scheduler();
        this.patience = patience;
        this.callLimit = callLimit;
        this.ending = ending;
    }

    /** Lets a narrator write, unless the turn has ended. */
    void read(Narrator narrator, Scene scene) {
        if (!turn.listens(this::letGo)) {
            return;
        }
        look();
        try {
            narrator.narrate(scene).subscribe(this);
        } catch (RuntimeException failure) {
            onError(failure);
        } catch (Error failure) {
            onError(failure);
            throw failure;
        }
    }

    /** Returns what was written. */
    synchronized String words() {
        return words.toString();
    }

    /** Returns what was asked for: {@link Narration.Call} and {@link Narration.BrokenCall} only. */
    synchronized List<Narration> calls() {
        return List.copyOf(calls);
    }

    /** Returns whether the narrator has given a sign of life. */
    synchronized boolean isHeard() {
        return heard;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        boolean wanted;
        synchronized (this) {
            wanted = !over && subscription == null;
            if (wanted) {
                subscription = given;
            }
        }
        if (wanted) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(Narration next) {
        Objects.requireNonNull(next, "what comes from a narrator");
        Flow.Subscription more;
        boolean tooLong;
        synchronized (this) {
            if (over) {
                return;
            }
            heard = true;
            lastNanos = scheduler.nanoTime();
            tooLong = !takes(next);
            more = subscription;
        }
        if (tooLong) {
            end(Kind.TOO_LONG, Duration.ZERO);
        } else if (more != null) {
            more.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        Duration pause =
                failure instanceof NarratorFailedException known ? known.pause() : Duration.ZERO;
        end(NarratorFailedException.kindOf(failure), pause);
    }

    @Override
    public void onComplete() {
        if (close()) {
            ending.completed(this);
        }
    }

    /** Returns whether there is room for it. */
    private boolean takes(Narration next) {
        switch (next) {
            case Narration.Words(String text) -> {
                if (voice.isTooMuch(text)) {
                    return false;
                }
                words.append(text);
                voice.says(text);
            }
            case Narration.Call _, Narration.BrokenCall _ -> {
                if (calls.size() <= callLimit) {
                    calls.add(next);
                }
            }
            case Narration.Sign _, Narration.Usage _ -> {
                // It is at work; what that costs is counted elsewhere.
            }
        }
        return true;
    }

    /** Looks whether the narrator has been silent for too long, and when to look again. */
    private void look() {
        synchronized (this) {
            if (over) {
                return;
            }
            long since = heard ? lastNanos : patience.sinceNanos();
            Duration limit = heard ? patience.silence() : patience.firstSign();
            long left = limit.toNanos() - (scheduler.nanoTime() - since);
            if (left > 0) {
                timer = scheduler.after(Duration.ofNanos(left), this::look);
                return;
            }
        }
        end(Kind.SILENT, Duration.ZERO);
    }

    private void end(Kind kind, Duration pause) {
        Flow.Subscription given;
        synchronized (this) {
            given = subscription;
        }
        if (close()) {
            cancel(given);
            ending.failed(this, kind, pause);
        }
    }

    /** The turn is over: the narrator need not go on. */
    private void letGo() {
        Flow.Subscription given;
        synchronized (this) {
            given = subscription;
        }
        close();
        cancel(given);
    }

    private void cancel(Flow.@Nullable Subscription given) {
        try {
            if (given != null) {
                given.cancel();
            }
        } catch (RuntimeException failure) {
            LOG.log(
                    Level.WARNING,
                    "the narrator of " + turn.conversation() + " was not cancelled",
                    failure);
        }
    }

    private synchronized boolean close() {
        boolean first = !over;
        over = true;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        return first;
    }
}
