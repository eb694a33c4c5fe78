package io.worldweave.domain.bus;

import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bus that drops, doubles, delays and reorders at will; every {@link #join} is a node.
 *
 * <p>Not thread-safe: for virtual time.
 */
public final class SeededBus {
    private final Random random;
    private final Scheduler scheduler;
    private final int dropPercent;
    private final int doublePercent;
    private final Duration longestDelay;
    private final List<Node> nodes = new ArrayList<>();

    public SeededBus(
            Random random,
            Scheduler scheduler,
            int dropPercent,
            int doublePercent,
            Duration longestDelay) {
        this.random = random;
        this.scheduler = scheduler;
        this.dropPercent = dropPercent;
        this.doublePercent = doublePercent;
        this.longestDelay = longestDelay;
    }

    /** Returns the bus as a further node sees it. */
    public Bus join() {
        Node node = new Node();
        nodes.add(node);
        return node;
    }

    private record Ear(WorldId world, Consumer<News> listener) {}

    private final class Node implements Bus {
        private final List<Ear> ears = new ArrayList<>();
        private boolean left;

        @Override
        public void publish(News news) {
            for (Node node : nodes) {
                if (node != this && !left && random.nextInt(100) >= dropPercent) {
                    send(node, news);
                    if (random.nextInt(100) < doublePercent) {
                        send(node, news);
                    }
                }
            }
        }

        private void send(Node node, News news) {
            long delay = (long) (random.nextDouble() * longestDelay.toNanos());
            scheduler.after(Duration.ofNanos(delay), () -> node.hear(news));
        }

        private void hear(News news) {
            for (Ear ear : List.copyOf(ears)) {
                if (ear.world().equals(news.world())) {
                    ear.listener().accept(news);
                }
            }
        }

        @Override
        public Interest listen(WorldId world, Consumer<News> listener) {
            Ear ear = new Ear(world, listener);
            ears.add(ear);
            return () -> ears.remove(ear);
        }

        @Override
        public Interest listen(
                UserId user,
                WorldId world,
                @Nullable EventPosition since,
                Consumer<Heard> listener) {
            return () -> {};
        }

        @Override
        public void close() {
            ears.clear();
            left = true;
        }
    }
}
