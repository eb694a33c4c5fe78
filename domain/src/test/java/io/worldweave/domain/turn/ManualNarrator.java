package io.worldweave.domain.turn;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Narrative that the test writes, word by word. Not thread-safe. */
public final class ManualNarrator implements Flow.Publisher<Narration> {
    private Flow.@Nullable Subscriber<? super Narration> subscriber;
    private boolean cancelled;
    private boolean ended;
    private long demand;

    @Override
    public void subscribe(Flow.Subscriber<? super Narration> given) {
        subscriber = given;
        given.onSubscribe(
                new Flow.Subscription() {
                    @Override
                    public void request(long count) {
                        demand += count;
                    }

                    @Override
                    public void cancel() {
                        cancelled = true;
                    }
                });
    }

    /** Writes a chunk; fails the test if nobody asked for one. */
    public void write(String chunk) {
        writeNext(new Narration.Words(chunk));
    }

    /** Gives the next of anything; fails the test if nobody asked for it. */
    public void writeNext(Narration next) {
        if (demand < 1) {
            throw new AssertionError("nobody asked for a chunk");
        }
        demand--;
        listener().onNext(next);
    }

    /** Writes a chunk whether anybody asked for one or not. */
    public void force(String chunk) {
        listener().onNext(chunk == null ? null : new Narration.Words(chunk));
    }

    /** Gives anything whether anybody asked for it or not. */
    public void give(Narration next) {
        listener().onNext(next);
    }

    public void complete() {
        ended = true;
        listener().onComplete();
    }

    public void fail() {
        ended = true;
        listener().onError(new IllegalStateException("the model is gone"));
    }

    public void fail(NarratorFailedException.Kind kind) {
        ended = true;
        listener().onError(new NarratorFailedException(kind, "a fault", new RuntimeException()));
    }

    /** Returns whether anybody wants to listen. */
    public boolean isAsked() {
        return subscriber != null;
    }

    /** Returns whether it has ended by itself. */
    public boolean hasEnded() {
        return ended;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    private Flow.Subscriber<? super Narration> listener() {
        if (subscriber == null) {
            throw new AssertionError("nobody listens");
        }
        return subscriber;
    }
}
