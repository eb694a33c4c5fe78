package io.worldweave.wire;

import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.zone.Coordinates;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a client says in a session. */
public sealed interface ClientMessage {
    /** Where the player's device is. */
    record UpdateLocation(Coordinates at) implements ClientMessage {}

    /** What the player wants done, by the name of an action or in own words. */
    record Act(Request request) implements ClientMessage {}

    /**
     * What the player says, to begin a turn.
     *
     * @param conversation null for a new one
     */
    record Chat(String text, @Nullable ConversationId conversation) implements ClientMessage {}

    /** That a conversation's running turn is to end. */
    record Stop(ConversationId conversation) implements ClientMessage {}

    /**
     * A sign of life that wants to be answered.
     *
     * @param timestamp to be given back as it is; null in JSON if there is none
     */
    record Ping(Json timestamp) implements ClientMessage {}

    /** Which commands are installed. */
    record GetCommands() implements ClientMessage {}

    /**
     * No message that this service knows: it is answered with an {@code error}.
     *
     * @param reason a sentence for the one who sent it
     */
    record Refused(SessionErrorCode code, String reason) implements ClientMessage {}

    /** Returns what the text says; never throws. */
    static ClientMessage of(byte[] utf8) {
        return MessageReader.read(utf8);
    }

    /** Returns what the text says; never throws. */
    static ClientMessage of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }
}
