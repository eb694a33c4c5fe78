package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;

/** What some other program hears on a subject. Thread-safe. */
public final class Overheard implements AutoCloseable {
    private final Connection connection;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private Overheard(Connection connection) {
        this.connection = connection;
    }

    /** Hears what is said there from now on; the subject may have wildcards. */
    public static Overheard on(NatsServer server, String subject) {
        try {
            Overheard overheard =
                    new Overheard(
                            Nats.connect(
                                    new Options.Builder()
                                            .server(server.url("observer"))
                                            .supportUTF8Subjects()
                                            .build()));
            overheard
                    .connection
                    .createDispatcher(message ->
                            overheard.messages.add(
                                    new String(message.getData(), StandardCharsets.UTF_8)))
                    .subscribe(subject);
            overheard.connection.flush(Duration.ofSeconds(5));
            return overheard;
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the texts of all messages so far. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
