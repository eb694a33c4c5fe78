package io.worldweave.domain.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;

/** A narrator whose rounds the test has written, or leads by hand. Not thread-safe. */
final class RehearsedNarrator implements Narrator {
    private final Deque<Flow.Publisher<Narration>> rounds = new ArrayDeque<>();
    private final List<Scene> scenes = new ArrayList<>();

    /** Gives all of {@code said} in the next round and completes it. */
    RehearsedNarrator then(Narration... said) {
        rounds.add(listener -> {
            boolean[] over = new boolean[1];
            listener.onSubscribe(
                    new Flow.Subscription() {
                        @Override
                        public void request(long count) {
                            // all at once
                        }

                        @Override
                        public void cancel() {
                            over[0] = true;
                        }
                    });
            Arrays.stream(said).filter(_ -> !over[0]).forEach(listener::onNext);
            if (!over[0]) {
                listener.onComplete();
            }
        });
        return this;
    }

    /** Leaves the next round to the test. */
    RehearsedNarrator then(ManualNarrator manual) {
        rounds.add(manual);
        return this;
    }

    /** Returns what it was told, round after round. */
    List<Scene> scenes() {
        return scenes;
    }

    @Override
    public String model(Tier tier) {
        return tier == Tier.COMMAND ? "quick" : "large";
    }

    @Override
    public Flow.Publisher<Narration> narrate(Scene scene) {
        scenes.add(scene);
        if (rounds.isEmpty()) {
            throw new AssertionError("asked once more than rehearsed");
        }
        return rounds.removeFirst();
    }
}
