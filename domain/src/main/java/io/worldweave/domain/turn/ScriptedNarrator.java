package io.worldweave.domain.turn;

import io.worldweave.domain.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the authors wrote for what happened, in chunks, at the pace of a language model.
 *
 * <p>Thread-safe.
 */
public final class ScriptedNarrator implements Narrator {
    /** Two words and the white space around them: about what a model sends at a time. */
    private static final Pattern CHUNK = Pattern.compile("\\s*\\S+(?:\\s+\\S+)?\\s*");

    private final Scheduler scheduler;
    private final Pace pace;

    public ScriptedNarrator(Scheduler scheduler, Pace pace) {
        this.scheduler = scheduler;
        this.pace = pace;
    }

    @Override
    public String model(Tier tier) {
        return "scripted";
    }

    @Override
    public Flow.Publisher<Narration> narrate(Scene scene) {
        return subscriber ->
                subscriber.onSubscribe(new Speech(chunks(scene.result().message()), subscriber));
    }

    static List<String> chunks(String text) {
        List<String> chunks = new ArrayList<>();
        Matcher matcher = CHUNK.matcher(text);
        while (matcher.find()) {
            chunks.add(matcher.group());
        }
        return chunks;
    }

    /**
     * One text being spoken: the next chunk is due when its time has come and somebody has asked
     * for it.
     */
    private final class Speech implements Flow.Subscription {
        private final Queue<String> chunks;
        private final Flow.Subscriber<? super Narration> listener;
        private long demand;
        private boolean due;
        private boolean speaking;
        private boolean over;
        private Scheduler.@Nullable Timer timer;

        Speech(List<String> chunks, Flow.Subscriber<? super Narration> listener) {
            this.chunks = new ArrayDeque<>(chunks);
            this.listener = listener;
            this.timer = scheduler.after(pace.firstWords(), this::chunkIsDue);
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                if (count <= 0) {
                    over = true;
                } else {
                    demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
                }
            }
            if (count <= 0) {
                listener.onError(
                        new IllegalArgumentException(
                                "a demand is positive (Reactive Streams 3.9): " + count));
                return;
            }
            speak();
        }

        @Override
        public synchronized void cancel() {
            over = true;
            if (timer != null) {
                timer.cancel();
            }
        }

        private void chunkIsDue() {
            synchronized (this) {
                due = true;
            }
            speak();
        }

        /**
         * Speaks while a chunk is due and asked for; only one thread at a time, the others leave it
         * to that one.
         */
        private void speak() {
            synchronized (this) {
                if (speaking) {
                    return;
                }
                speaking = true;
            }
            while (step()) {
                // each step has spoken a chunk
            }
        }

        private boolean step() {
            String chunk;
            boolean last;
            synchronized (this) {
                if (over || !due || (demand == 0 && !chunks.isEmpty())) {
                    speaking = false;
                    return false;
                }
                chunk = chunks.poll();
                last = chunk == null;
                over = last;
                if (!last) {
                    demand--;
                    waitForNext();
                }
            }
            if (last) {
                listener.onComplete();
            } else {
                listener.onNext(new Narration.Words(chunk));
            }
            return true;
        }

        private void waitForNext() {
            Duration pause = chunks.isEmpty() ? Duration.ZERO : pace.betweenChunks();
            if (pause.isPositive()) {
                due = false;
                timer = scheduler.after(pause, this::chunkIsDue);
            }
        }
    }
}
