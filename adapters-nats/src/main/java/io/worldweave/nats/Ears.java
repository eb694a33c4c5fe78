package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.worldweave.domain.bus.Bus;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which subject. A subject is subscribed when the first one listens and released
 * after the last; with no connection it is noted, and made good for when there is one.
 *
 * <p>Thread-safe. Listeners are called on one thread, in the order in which messages came. A
 * message is read once for all of them.
 */
final class Ears {
    private static final System.Logger LOG = System.getLogger(Ears.class.getName());

    /** So many messages wait for the one thread; more are dropped by the client library. */
    private static final int WAITING_MESSAGES = 100_000;

    private static final long WAITING_BYTES = 64L * 1024 * 1024;

    private final Map<String, Channel<?>> channels = new ConcurrentHashMap<>();
    private final BusCounters counters;
    private @Nullable Dispatcher dispatcher;

    Ears(BusCounters counters) {
        this.counters = counters;
    }

    /** What a message says; the same for all who listen to one subject. */
    interface Reading<T> {
        /** Returns it, which may be nothing, or throws {@link IllegalArgumentException}. */
        List<T> read(Message message);
    }

    /** One who listens: compared by identity, for the same listener may listen twice. */
    private static final class Ear<T> {
        final Consumer<T> listener;

        Ear(Consumer<T> listener) {
            this.listener = listener;
        }
    }

    private record Channel<T>(String subject, Reading<T> reading, List<Ear<T>> ears) {
        void hear(Message message) {
            for (T said : reading.read(message)) {
                for (Ear<T> ear : ears) {
                    try {
                        ear.listener.accept(said);
                    } catch (RuntimeException failure) {
                        LOG.log(Level.WARNING, "not taken: a message on " + subject, failure);
                    }
                }
            }
        }
    }

    /** Listens until the interest is closed; what {@code listener} throws harms nobody. */
    @SuppressWarnings("unchecked") // a subject has one kind of message
    synchronized <T> Bus.Interest listen(
            String subject, Reading<T> reading, Consumer<? super T> listener) {
        Ear<T> ear = new Ear<>(listener::accept);
        Channel<T> known = (Channel<T>) channels.get(subject);
        if (known == null) {
            known = new Channel<>(subject, reading, new CopyOnWriteArrayList<>());
            known.ears().add(ear);
            channels.put(subject, known);
            subscribe(subject);
        } else {
            known.ears().add(ear);
        }
        Channel<T> channel = known;
        return () -> release(channel, ear);
    }

    private synchronized <T> void release(Channel<T> channel, Ear<T> ear) {
        if (channel.ears().remove(ear) && channel.ears().isEmpty()) {
            channels.remove(channel.subject());
            unsubscribe(channel.subject());
        }
    }

    /** Returns how many subjects are listened to. */
    int subjectCount() {
        return channels.size();
    }

    /** Subscribes all over a new connection. */
    synchronized void attach(Connection connection) {
        dispatcher = connection.createDispatcher(this::hear);
        dispatcher.setPendingLimits(WAITING_MESSAGES, WAITING_BYTES);
        channels.keySet().forEach(dispatcher::subscribe);
    }

    private void subscribe(String subject) {
        if (dispatcher != null && dispatcher.isActive()) {
            dispatcher.subscribe(subject);
        }
    }

    private void unsubscribe(String subject) {
        if (dispatcher != null && dispatcher.isActive()) {
            dispatcher.unsubscribe(subject);
        }
    }

    private void hear(Message message) {
        Channel<?> channel = channels.get(message.getSubscription().getSubject());
        if (channel == null) {
            return;
        }
        try {
            channel.hear(message);
            counters.received.increment();
        } catch (RuntimeException unreadable) {
            counters.garbage.increment();
            LOG.log(Level.DEBUG, "not read: a message on " + channel.subject(), unreadable);
        }
    }
}
