package io.worldweave.websocket;

import io.worldweave.wire.ClientMessage;
import io.worldweave.wire.SessionErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Puts the parts of a message together, up to a limit: of a longer one nothing is kept.
 *
 * <p>Not thread-safe: its socket's.
 */
final class MessageText {
    /** What is said to one who sends what is no text. */
    static final ClientMessage.Refused BINARY =
            new ClientMessage.Refused(SessionErrorCode.INVALID_JSON, "messages are text");

    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private boolean tooLong;

    /**
     * @param limit bytes of UTF-8 of a message
     */
    MessageText(int limit) {
        this.limit = limit;
    }

    /** Adds a part; after the last, {@code whole} is given the message. */
    void add(String part, boolean last, Consumer<ClientMessage> whole) {
        if (tooLong || text.length() + part.length() > limit) {
            tooLong = true;
            text.setLength(0);
        } else {
            text.append(part);
        }
        if (last) {
            ClientMessage message = message();
            text.setLength(0);
            text.trimToSize();
            tooLong = false;
            whole.accept(message);
        }
    }

    private ClientMessage message() {
        byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
        return tooLong || utf8.length > limit
                ? new ClientMessage.Refused(
                        SessionErrorCode.PROCESSING_ERROR,
                        "the message has more than " + limit + " bytes")
                : ClientMessage.of(utf8);
    }
}
