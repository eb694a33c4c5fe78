package io.worldweave.domain.turn;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Reads narrative, as much as it is told to ask for. Thread-safe. */
public final class Reader implements Flow.Subscriber<Narration> {
    private final List<Narration> all = new CopyOnWriteArrayList<>();
    private final List<String> chunks = new CopyOnWriteArrayList<>();
    private final AtomicInteger completions = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable last;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(Narration next) {
        all.add(next);
        if (next instanceof Narration.Words(String text)) {
            chunks.add(text);
        }
    }

    @Override
    public void onError(Throwable failure) {
        last = failure;
        failures.incrementAndGet();
    }

    @Override
    public void onComplete() {
        completions.incrementAndGet();
    }

    public void request(long count) {
        given().request(count);
    }

    public void cancel() {
        given().cancel();
    }

    /** Returns all that came, words and other things. */
    public List<Narration> all() {
        return all;
    }

    public List<String> chunks() {
        return chunks;
    }

    public String text() {
        return String.join("", chunks);
    }

    /** Returns how often the text ended, well or not. */
    public int endings() {
        return completions.get() + failures.get();
    }

    /** Returns the failure with which the text ended. */
    public Throwable failure() {
        Throwable known = last;
        if (known == null) {
            throw new AssertionError("it did not fail");
        }
        return known;
    }

    public int failures() {
        return failures.get();
    }

    private Flow.Subscription given() {
        Flow.Subscription known = subscription;
        if (known == null) {
            throw new AssertionError("nothing was subscribed to");
        }
        return known;
    }
}
