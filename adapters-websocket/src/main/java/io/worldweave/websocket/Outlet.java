package io.worldweave.websocket;

import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.SessionClose;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sending side of a socket. A message is written whole before the next; the thread that sends
 * it waits for that, until the container gives it up. The container's own blocking send would wait
 * for ever for a client that takes nothing, even after the socket was closed.
 *
 * <p>Sending belongs to one thread; {@link #close} and {@link #blockedNanos} to any.
 */
final class Outlet {
    private static final Logger LOG = System.getLogger(Outlet.class.getName());

    private static final long IDLE = Long.MIN_VALUE;

    /** By so much longer than {@link Writers#cutOffStalled} does the container wait. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Session socket;
    private final RemoteEndpoint.Async remote;
    private final Duration patience;
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private volatile long writingSinceNanos = IDLE;

    /**
     * @param limit how long one message may take to be written
     */
    Outlet(Session socket, Duration limit) {
        this(socket, limit, GRACE);
    }

    /**
     * @param grace by so much longer than a message may take to be written the container waits, and
     *     by so much longer again the caller
     */
    Outlet(Session socket, Duration limit, Duration grace) {
        this.socket = socket;
        this.patience = limit.plus(grace).plus(grace);
        this.remote = socket.getAsyncRemote();
        remote.setSendTimeout(limit.plus(grace).toMillis());
    }

    /** Sends a message; throws if the client has gone. */
    void send(String text) throws IOException {
        write(() -> sendAndWait(text));
    }

    private void sendAndWait(String text) throws IOException {
        CompletableFuture<SendResult> sent = new CompletableFuture<>();
        remote.sendText(text, sent::complete);
        SendResult result = await(sent);
        if (!result.isOK()) {
            throw new IOException("the message was not sent", result.getException());
        }
    }

    private <T> T await(CompletableFuture<T> sent) throws IOException {
        try {
            return sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while something was sent", interrupted);
        } catch (ExecutionException | TimeoutException untaken) {
            throw new IOException("the client takes nothing", untaken);
        }
    }

    /** Asks the client for a sign of life. */
    void ping() throws IOException {
        write(() -> withoutHanging(() -> socket.getBasicRemote().sendPing(ByteBuffer.allocate(0))));
    }

    /**
     * Does what the container has only in a blocking form, which may never return if the socket is
     * closed meanwhile: on a thread of its own, which is given up after the limit.
     */
    private void withoutHanging(Writing blocking) throws IOException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                blocking.run();
                                done.complete(true);
                            } catch (IOException | RuntimeException failure) {
                                done.completeExceptionally(failure);
                            }
                        });
        try {
            await(done);
        } finally {
            thread.interrupt();
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing writing) throws IOException {
        writingSinceNanos = System.nanoTime();
        try {
            writing.run();
        } catch (IllegalStateException closed) {
            // The container's word for a socket that was closed meanwhile.
            throw new IOException("the socket is closed", closed);
        } finally {
            writingSinceNanos = IDLE;
        }
    }

    /** Returns for how long the present write has been under way; 0 if there is none. */
    long blockedNanos() {
        long since = writingSinceNanos;
        return since == IDLE ? 0 : System.nanoTime() - since;
    }

    /** Returns whether this is the first call: then the caller is the one to close the socket. */
    boolean giveUp() {
        return !givenUp.getAndSet(true);
    }

    /** Closes the socket, and says why; no effect if it is closed. May block for some seconds. */
    void close(ErrorCode reason) {
        try {
            withoutHanging(() ->
                    socket.close(
                            new CloseReason(
                                    CloseReason.CloseCodes.getCloseCode(
                                            SessionClose.of(reason).code()),
                                    reason.code())));
        } catch (IOException | RuntimeException gone) {
            LOG.log(Level.DEBUG, "a client had gone: {0}", gone.getMessage());
        }
    }
}
