package io.worldweave.narrator;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one answer holds of the network: the thread that reads and the body that is read. Closing it
 * ends both, at whatever point they are, and with them the connection to the model.
 *
 * <p>Thread-safe.
 */
final class Connection {
    /** That of the answer which the thread reads. */
    static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

    private @Nullable Thread reader;
    private @Nullable InputStream body;
    private @Nullable Throwable failure;
    private Duration wish = Duration.ZERO;
    private boolean closed;

    /** Says which thread reads; false if the connection was closed before. */
    synchronized boolean isReadBy(Thread thread) {
        reader = closed ? null : thread;
        return !closed;
    }

    /** Says that the thread reads no more. */
    synchronized void isRead() {
        reader = null;
        body = null;
    }

    /** Says what is read; closes it at once if the connection was closed before. */
    void reads(InputStream given) throws IOException {
        synchronized (this) {
            body = given;
            if (!closed) {
                return;
            }
        }
        given.close();
        throw new IOException("the answer is not wanted any more");
    }

    /** Notes what went wrong first. */
    synchronized void failed(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Notes how long the model wants to be left alone. */
    synchronized void wishes(Duration pause) {
        wish = pause;
    }

    synchronized Duration wish() {
        return wish;
    }

    void close() {
        InputStream open;
        synchronized (this) {
            closed = true;
            open = body;
            if (reader != null) {
                reader.interrupt();
            }
        }
        if (open != null) {
            try {
                open.close();
            } catch (IOException gone) {
                // that is what was wanted
            }
        }
    }
}
