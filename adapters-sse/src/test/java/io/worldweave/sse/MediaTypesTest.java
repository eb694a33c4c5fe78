package io.worldweave.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\" "
            })
    void jsonIsTaken(String type) {
        assertThat(MediaTypes.isJson(type)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/jsonp",
                "application/x-www-form-urlencoded",
                "application/json; charset=iso-8859-1"
            })
    void nothingElseIs(String type) {
        assertThat(MediaTypes.isJson(type)).isFalse();
    }

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
