package io.worldweave.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One socket, as the container sees it. Text comes in parts, because the container bounds a frame
 * and not a message of many: {@link MessageText} bounds that.
 *
 * <p>Not thread-safe: the container calls it for one event after another.
 */
public final class SessionEndpoint extends Endpoint {
    private static final Logger LOG = System.getLogger(SessionEndpoint.class.getName());

    private final Sessions sessions;
    private volatile @Nullable PlayerSession session;

    SessionEndpoint(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void onOpen(Session socket, EndpointConfig config) {
        // What frames are bounded by is a multiple, so that a message that is somewhat too long is
        // answered, and only a much longer one closes the socket.
        int frameLimit = Math.multiplyExact(4, sessions.limits().messageBytes());
        socket.setMaxTextMessageBufferSize(frameLimit);
        socket.setMaxBinaryMessageBufferSize(frameLimit);
        PlayerSession opened = sessions.open(socket);
        if (opened == null) {
            return;
        }
        session = opened;
        MessageText text = new MessageText(sessions.limits().messageBytes());
        socket.addMessageHandler(
                String.class, (part, last) -> text.add(part, last, opened::received));
        socket.addMessageHandler(
                ByteBuffer.class,
                (part, last) -> {
                    if (last) {
                        opened.received(MessageText.BINARY);
                    }
                });
        socket.addMessageHandler(
                PongMessage.class, (MessageHandler.Whole<PongMessage>) _ -> opened.heard());
    }

    @Override
    public void onClose(Session socket, CloseReason reason) {
        PlayerSession open = session;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void onError(Session socket, Throwable failure) {
        LOG.log(Level.DEBUG, "a socket failed", failure);
    }
}
