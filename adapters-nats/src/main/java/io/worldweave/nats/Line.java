package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the servers: made on a thread of its own, for ever, whether they are there or
 * not.
 *
 * <p>Thread-safe. Nothing here blocks but {@link #close}.
 */
final class Line implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Line.class.getName());

    private final Supplier<Options.Builder> options;
    private final Duration retry;
    private final Consumer<Connection> opened;
    private final Runnable connects;
    private final BusCounters counters;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Connection connection;
    private volatile boolean up;
    private volatile String trouble = "no server was connected yet";

    /**
     * Makes a connection to be begun.
     *
     * @param options made anew for each connection, so that files are read again
     * @param opened told of each new connection before anything is sent over it; a connection that
     *     comes back is not new
     * @param connects run when a server is there, or there again; must not block
     */
    Line(
            Supplier<Options.Builder> options,
            Duration retry,
            Consumer<Connection> opened,
            Runnable connects,
            BusCounters counters) {
        this.options = options;
        this.retry = retry;
        this.opened = opened;
        this.connects = connects;
        this.counters = counters;
    }

    void begin() {
        Thread.ofVirtual().name("worldweave-nats-connect").start(this::connect);
    }

    /** Returns the connection if a server is there now, or null. */
    @Nullable Connection connected() {
        Connection now = connection;
        return now != null && now.getStatus() == Connection.Status.CONNECTED ? now : null;
    }

    /** Returns what keeps the servers from being used, or nothing. */
    String trouble() {
        return connected() == null ? trouble : "";
    }

    /** Closes the connection, or ends the attempts to make one. */
    @Override
    public void close() {
        closed.countDown();
        Connection now = connection;
        if (now != null) {
            end(now);
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void connect() {
        try {
            boolean told = false;
            while (!isClosed()) {
                try {
                    open(Nats.connect(listening(options.get()).build()));
                    return;
                } catch (IOException | RuntimeException failure) {
                    trouble = said(failure);
                    LOG.log(
                            told ? Level.DEBUG : Level.WARNING,
                            "NATS is not reached; the service goes on without: {0}",
                            trouble);
                    told = true;
                }
                closed.await(Pauses.about(retry), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(Connection made) {
        opened.accept(made);
        connection = made;
        if (isClosed()) {
            end(made);
        } else {
            connects.run();
        }
    }

    private Options.Builder listening(Options.Builder builder) {
        return builder.connectionListener(new Events()).errorListener(new Errors());
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static String said(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** Follows what becomes of the connection. */
    private final class Events implements ConnectionListener {
        @Override
        @SuppressWarnings("deprecation") // its successor calls this one
        public void connectionEvent(Connection which, ConnectionListener.Events what) {
            switch (what) {
                case CONNECTED, RECONNECTED -> {
                    counters.connects.increment();
                    up = true;
                    LOG.log(Level.INFO, "NATS: connected to {0}", which.getConnectedUrl());
                    if (which.equals(connection)) {
                        connects.run();
                    }
                }
                case DISCONNECTED -> {
                    trouble = "the connection was lost";
                    if (up && !isClosed()) {
                        LOG.log(Level.WARNING, "NATS: the connection was lost");
                    }
                    up = false;
                }
                case CLOSED -> {
                    if (!isClosed() && which.equals(connection)) {
                        // it gave up, as when a login is refused: files may have changed
                        connection = null;
                        begin();
                    }
                }
                default -> LOG.log(Level.DEBUG, "NATS: {0}", what);
            }
        }
    }

    /** Notes what goes wrong on the way. */
    private final class Errors implements ErrorListener {
        @Override
        public void errorOccurred(@Nullable Connection which, String error) {
            trouble = error;
            LOG.log(Level.WARNING, "NATS: {0}", error);
        }

        @Override
        public void exceptionOccurred(@Nullable Connection which, Exception failure) {
            LOG.log(Level.DEBUG, "NATS", failure);
        }

        @Override
        public void slowConsumerDetected(
                @Nullable Connection which, io.nats.client.@Nullable Consumer consumer) {
            LOG.log(
                    Level.WARNING,
                    "NATS: messages came faster than they were taken; some are lost");
        }

        @Override
        public void messageDiscarded(@Nullable Connection which, @Nullable Message message) {
            counters.unsent.increment();
        }
    }
}
