package io.worldweave.domain.turn;

import io.worldweave.domain.bus.Bus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The turn bus of one process: every {@link #join} is a node, and hears what the others tell, on
 * the teller's thread. Thread-safe.
 */
public final class LocalTurnBus {
    private final List<Ear> ears = new CopyOnWriteArrayList<>();

    /** Compared by identity: the same listener may listen twice. */
    private static final class Ear {
        final TurnBus node;
        final ConversationId conversation;
        final Consumer<TurnNews> listener;

        Ear(TurnBus node, ConversationId conversation, Consumer<TurnNews> listener) {
            this.node = node;
            this.conversation = conversation;
            this.listener = listener;
        }
    }

    /** Returns the bus as a further node sees it. */
    public TurnBus join() {
        return new Node();
    }

    private final class Node implements TurnBus {
        @Override
        public void publish(TurnNews news) {
            others(news.conversation()).forEach(ear -> ear.listener.accept(news));
        }

        @Override
        public void ask(TurnNews.Watched question, Runnable nobody) {
            if (others(question.conversation()).isEmpty()) {
                nobody.run();
            } else {
                publish(question);
            }
        }

        private List<Ear> others(ConversationId conversation) {
            return ears.stream()
                    .filter(ear -> !ear.node.equals(this) && ear.conversation.equals(conversation))
                    .toList();
        }

        @Override
        public Bus.Interest listen(ConversationId conversation, Consumer<TurnNews> listener) {
            Ear ear = new Ear(this, conversation, listener);
            ears.add(ear);
            return () -> ears.remove(ear);
        }
    }
}
