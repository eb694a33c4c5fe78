package io.worldweave.app;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client of a session. Methods that wait do so for {@link #PATIENCE_SECONDS} at most.
 *
 * <p>Sending and waiting belong to one thread.
 */
final class SessionReader implements AutoCloseable, WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 20;
    private static final JsonObject END = JsonObject.EMPTY;

    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final Consumer<JsonObject> listener;
    private final CountDownLatch opened = new CountDownLatch(1);
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;
    private volatile int closeCode;
    private volatile String closeReason = "";

    /** Opens a session with a key in a header; {@code headers} are further names and values. */
    static SessionReader open(RunningServer server, String path, String key, String... headers) {
        List<String> all = new ArrayList<>(List.of("x-api-key", key));
        all.addAll(List.of(headers));
        return connect(server, path, List.of(), all);
    }

    /** Opens a session whose messages are given to {@code listener} as they come. */
    static SessionReader listen(
            RunningServer server, String path, String key, Consumer<JsonObject> listener) {
        return connect(
                new SessionReader(listener), server, path, List.of(), List.of("x-api-key", key));
    }

    private SessionReader(@Nullable Consumer<JsonObject> listener) {
        this.listener = listener == null ? messages::add : listener;
    }

    /** Opens a session with nothing but what is given. */
    static SessionReader connect(
            RunningServer server, String path, List<String> subprotocols, List<String> headers) {
        return connect(new SessionReader(null), server, path, subprotocols, headers);
    }

    private static SessionReader connect(
            SessionReader reader,
            RunningServer server,
            String path,
            List<String> subprotocols,
            List<String> headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.size(); i += 2) {
            builder.header(headers.get(i), headers.get(i + 1));
        }
        if (!subprotocols.isEmpty()) {
            builder.subprotocols(
                    subprotocols.getFirst(),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
        URI uri = URI.create(server.uri(path).toString().replaceFirst("^http", "ws"));
        reader.socket = builder.buildAsync(uri, reader).join();
        return reader;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            opened.countDown();
            listener.accept(
                    JsonReader.withLimits(ReadLimits.FILE)
                            .readObject(part.toString().getBytes(StandardCharsets.UTF_8)));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeReason = reason;
        closeCode = code;
        messages.add(END);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closeReason = failure.toString();
        closeCode = 1006;
        messages.add(END);
    }

    /** Waits until the first message has come. */
    void awaitOpen() {
        try {
            if (!opened.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while waiting for a message", interrupted);
        }
    }

    WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not connected");
        }
        return socket;
    }

    /** Sends a message. */
    SessionReader send(String json) {
        try {
            socket().sendText(json, true).join();
        } catch (CompletionException untaken) {
            throw new AssertionError("closed with " + closeCode + " " + closeReason, untaken);
        }
        return this;
    }

    /** Returns the next message, or null if the server has closed the socket. */
    @Nullable JsonObject next() {
        try {
            JsonObject message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " s");
            }
            return message.equals(END) ? null : message;
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while waiting for a message", interrupted);
        }
    }

    /** Returns the next message of a type, and leaves those before it. */
    JsonObject next(String type) {
        return next(message -> message.text("type", "").equals(type));
    }

    JsonObject next(Predicate<JsonObject> wanted) {
        JsonObject message;
        while ((message = next()) != null) {
            if (wanted.test(message)) {
                return message;
            }
        }
        throw new AssertionError(
                "closed with " + closeCode + " " + closeReason + " before what was wanted came");
    }

    /** Returns all messages up to and with the first of a type. */
    List<JsonObject> upTo(String type) {
        List<JsonObject> all = new ArrayList<>();
        next(message -> {
            all.add(message);
            return message.text("type", "").equals(type);
        });
        return all;
    }

    /** Waits until the server closes the socket, and returns the code. */
    int closeCode() {
        JsonObject message;
        do {
            message = next();
        } while (message != null);
        return closeCode;
    }

    String closeReason() {
        return closeReason;
    }

    /** Drops the connection without a word. */
    void abort() {
        socket().abort();
    }

    @Override
    public void close() {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> null).join();
        socket().abort();
    }
}
