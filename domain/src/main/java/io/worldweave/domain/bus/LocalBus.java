package io.worldweave.domain.bus;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bus of one process: every {@link #join} is a node, and hears what the others publish, on the
 * publisher's thread.
 *
 * <p>A service of one node is alone on it. Thread-safe.
 */
public final class LocalBus {
    private static final System.Logger LOG = System.getLogger(LocalBus.class.getName());

    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    /** Returns the bus as a further node sees it. */
    public Bus join() {
        Node node = new Node();
        nodes.add(node);
        return node;
    }

    private final class Node implements Bus {
        private final Map<WorldId, Set<Consumer<News>>> listeners = new ConcurrentHashMap<>();
        private volatile boolean closed;

        @Override
        public void publish(News news) {
            if (closed) {
                return;
            }
            for (Node node : nodes) {
                if (node != this) {
                    node.hear(news);
                }
            }
        }

        private void hear(News news) {
            for (Consumer<News> listener : listeners.getOrDefault(news.world(), Set.of())) {
                try {
                    listener.accept(news);
                } catch (RuntimeException failure) {
                    LOG.log(Level.WARNING, "news of " + news.world() + " was not taken", failure);
                }
            }
        }

        @Override
        public Interest listen(WorldId world, Consumer<News> listener) {
            listeners.computeIfAbsent(world, absent -> ConcurrentHashMap.newKeySet()).add(listener);
            return () ->
                    listeners.computeIfPresent(
                            world,
                            (same, set) -> {
                                set.remove(listener);
                                return set.isEmpty() ? null : set;
                            });
        }

        /** There are no other programs in this process. */
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
            closed = true;
            nodes.remove(this);
            listeners.clear();
        }
    }
}
