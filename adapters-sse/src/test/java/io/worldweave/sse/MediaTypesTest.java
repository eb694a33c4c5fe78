package io.worldweave.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/event-stream",
                "*/*",
                "text/*;q=0.1",
                "application/json, Text/Event-Stream; q=0.5"
            })
    void aClientThatTakesEventsGetsThem(String accept) {
        assertThat(admits(List.of(accept))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/json",
                "text/event-stream;q=0",
                "text/event-stream; q=0.000"
            })
    void aClientThatRefusesEventsGetsNone(String accept) {
        assertThat(admits(List.of(accept))).isFalse();
    }

    @Test
    void aClientThatSaysNothingTakesEverything() {
        assertThat(admits(List.of())).isTrue();
    }

    private static boolean admits(List<String> headers) {
        return MediaTypes.admitsEvents(Collections.enumeration(headers));
    }
}
