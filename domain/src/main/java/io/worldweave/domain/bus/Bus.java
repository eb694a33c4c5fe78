package io.worldweave.domain.bus;

import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries news to the other nodes. A hint, never the truth: news may be lost, late, doubled or out
 * of order. Whoever hears of a commit asks the store for what is missing; who is where is told
 * again and again, and forgotten when it is not.
 *
 * <p>Thread-safe. Nothing here blocks or throws because the outside is slow or away.
 */
public interface Bus extends AutoCloseable {
    /** Tells the other nodes; returns at once. */
    void publish(News news);

    /**
     * Calls {@code listener} with news of that world from other nodes, on a thread of the bus's,
     * until the interest is closed. The listener does not block.
     */
    Interest listen(WorldId world, Consumer<News> listener);

    /**
     * Calls {@code listener} with what other programs say to that user, on a thread of the bus's,
     * one call after the other, until the interest is closed. The listener does not block. Where
     * there are no other programs it is never called. Where events are kept, and that is known, it
     * is told before this returns from where it hears them.
     *
     * @param world what the user looks at meanwhile
     * @param since from where to bring what is kept, or null to begin with the present; where
     *     nothing is kept it says nothing
     */
    Interest listen(
            UserId user, WorldId world, @Nullable EventPosition since, Consumer<Heard> listener);

    /** Stops listening and publishing. */
    @Override
    void close();

    /** A node's interest in a world or a user. */
    interface Interest extends AutoCloseable {
        /** Ends it. May be called again, to no effect. */
        @Override
        void close();
    }
}
