package io.worldweave.app.meter;

import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Narration;
import io.worldweave.domain.turn.Narrator;
import io.worldweave.domain.turn.Scene;
import io.worldweave.domain.turn.Tier;
import io.worldweave.narrator.ModelNarrator;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * A narrator whose answers are counted and timed, by the name of the model.
 *
 * <p>Thread-safe, as the narrator is.
 */
public final class MeasuredNarrator implements Narrator, AutoCloseable {
    private final Narrator narrator;
    private final MetricRegistry registry;
    private final Scheduler clock;

    /**
     * @param narrator the one that does the work; closed with this one, if it is a model
     */
    public MeasuredNarrator(Narrator narrator, MetricRegistry registry, Scheduler clock) {
        this.narrator = narrator;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public String model(Tier tier) {
        return narrator.model(tier);
    }

    @Override
    public Flow.Publisher<Narration> narrate(Scene scene) {
        Tag model = new Tag("model", model(scene.brief().tier()));
        Flow.Publisher<Narration> answer = narrator.narrate(scene);
        return listener -> answer.subscribe(new Ear(listener, model));
    }

    @Override
    public void close() {
        if (narrator instanceof ModelNarrator model) {
            model.close();
        }
    }

    private void count(String name, long by, Tag... tags) {
        registry.counter("worldweave_narrator_" + name, tags).inc(by);
    }

    /** Listens between a narrator and its listener. Not thread-safe: of one answer. */
    private final class Ear implements Flow.Subscriber<Narration> {
        private final Flow.Subscriber<? super Narration> listener;
        private final Tag model;
        private final long begunNanos = clock.nanoTime();
        private boolean spoke;

        Ear(Flow.Subscriber<? super Narration> listener, Tag model) {
            this.listener = listener;
            this.model = model;
            count("requests", 1, model);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            listener.onSubscribe(subscription);
        }

        @Override
        public void onNext(Narration next) {
            switch (next) {
                case Narration.Words _ -> firstWords();
                case Narration.Call _ -> count("tool_calls", 1, model);
                case Narration.BrokenCall _ -> count("broken_tool_calls", 1, model);
                case Narration.Usage(long in, long out) -> {
                    count("tokens", in, model, new Tag("direction", "in"));
                    count("tokens", out, model, new Tag("direction", "out"));
                }
                case Narration.Sign _ -> {
                    // nothing to count
                }
            }
            listener.onNext(next);
        }

        private void firstWords() {
            if (!spoke) {
                spoke = true;
                registry.timer("worldweave_narrator_first_words", model)
                        .update(Duration.ofNanos(clock.nanoTime() - begunNanos));
            }
        }

        @Override
        public void onError(Throwable failure) {
            listener.onError(failure);
        }

        @Override
        public void onComplete() {
            listener.onComplete();
        }
    }
}
