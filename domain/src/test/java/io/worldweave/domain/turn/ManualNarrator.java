package io.worldweave.domain.turn;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Narrative that the test writes, word by word. Not thread-safe. */
public final class ManualNarrator implements Flow.Publisher<String> {
    private Flow.@Nullable Subscriber<? super String> subscriber;
    private boolean cancelled;
    private long demand;

    @Override
    public void subscribe(Flow.Subscriber<? super String> given) {
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
        if (demand < 1) {
            throw new AssertionError("nobody asked for a chunk");
        }
        demand--;
        listener().onNext(chunk);
    }

    /** Writes a chunk whether anybody asked for one or not. */
    public void force(String chunk) {
        listener().onNext(chunk);
    }

    public void complete() {
        listener().onComplete();
    }

    public void fail() {
        listener().onError(new IllegalStateException("the model is gone"));
    }

    public boolean isCancelled() {
        return cancelled;
    }

    private Flow.Subscriber<? super String> listener() {
        if (subscriber == null) {
            throw new AssertionError("nobody listens");
        }
        return subscriber;
    }
}
