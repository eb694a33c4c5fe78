package io.worldweave.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.wire.ClientMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTextTest {
    private static final String PING = "{\"type\":\"ping\",\"timestamp\":7}";

    private final List<ClientMessage> messages = new ArrayList<>();
    private final MessageText text = new MessageText(PING.length());

    @Test
    void partsArePutTogether() {
        text.add(PING.substring(0, 9), false, messages::add);
        text.add("", false, messages::add);
        text.add(PING.substring(9), true, messages::add);

        assertThat(messages).containsExactly(new ClientMessage.Ping(Json.of(7)));
    }

    @Test
    void aMessageThatIsTooLongIsRefusedAndTheNextOneIsNot() {
        for (int i = 0; i < 100; i++) {
            text.add(PING, false, messages::add);
        }
        text.add("", true, messages::add);
        text.add(PING, true, messages::add);

        assertThat(messages).hasSize(2);
        assertThat(messages.getFirst()).isInstanceOf(ClientMessage.Refused.class);
        assertThat(messages.getLast()).isInstanceOf(ClientMessage.Ping.class);
    }

    @Test
    void bytesCountAndNotCharacters() {
        String umlauts = "ö".repeat(PING.length() / 2 + 1);
        text.add(umlauts, true, messages::add);

        assertThat(((ClientMessage.Refused) messages.getFirst()).reason()).contains("bytes");
    }
}
