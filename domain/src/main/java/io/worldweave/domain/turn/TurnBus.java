package io.worldweave.domain.turn;

import io.worldweave.domain.bus.Bus;
import java.util.function.Consumer;

/**
 * Carries what turns say to the nodes where they are watched. A hint, as {@link Bus} is: what was
 * lost is asked for again.
 *
 * <p>Thread-safe. Nothing here blocks or throws because the outside is slow or away.
 */
public interface TurnBus {
    /** That of a node without others. */
    TurnBus ALONE =
            new TurnBus() {
                @Override
                public void publish(TurnNews news) {
                    // nobody is there
                }

                @Override
                public void ask(TurnNews.Watched question, Runnable nobody) {
                    nobody.run();
                }

                @Override
                public Bus.Interest listen(
                        ConversationId conversation, Consumer<TurnNews> listener) {
                    return () -> {};
                }
            };

    /** Tells the other nodes; returns at once. */
    void publish(TurnNews news);

    /**
     * Tells the other nodes, as {@link #publish} does.
     *
     * @param nobody run if it is found out that no other node listens, on any thread; it may never
     *     be
     */
    void ask(TurnNews.Watched question, Runnable nobody);

    /**
     * Calls {@code listener} with what other nodes tell of that conversation, on a thread of the
     * bus's, until the interest is closed. The listener does not block.
     */
    Bus.Interest listen(ConversationId conversation, Consumer<TurnNews> listener);
}
