package io.worldweave.websocket;

import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.SessionClose;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The sending side of a socket. A message is written whole before the next, by the thread that
 * sends it, which may block for as long as the client takes nothing; {@link #close} from another
 * thread ends that.
 *
 * <p>Sending belongs to one thread; {@link #close} and {@link #blockedNanos} to any.
 */
final class Outlet {
    private static final Logger LOG = System.getLogger(Outlet.class.getName());

    private static final long IDLE = Long.MIN_VALUE;

    private final Session socket;
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private volatile long writingSinceNanos = IDLE;

    Outlet(Session socket) {
        this.socket = socket;
    }

    /** Sends a message; throws if the client has gone. */
    void send(String text) throws IOException {
        write(() -> socket.getBasicRemote().sendText(text));
    }

    /** Asks the client for a sign of life. */
    void ping() throws IOException {
        write(() -> socket.getBasicRemote().sendPing(ByteBuffer.allocate(0)));
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
            socket.close(
                    new CloseReason(
                            CloseReason.CloseCodes.getCloseCode(SessionClose.of(reason).code()),
                            reason.code()));
        } catch (IOException | RuntimeException gone) {
            LOG.log(Level.DEBUG, "a client had gone: {0}", gone.getMessage());
        }
    }
}
