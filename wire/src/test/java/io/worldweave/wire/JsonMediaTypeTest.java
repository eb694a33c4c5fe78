package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMediaTypeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\" "
            })
    void jsonIsTaken(String type) {
        assertThat(JsonMediaType.admits(type)).isTrue();
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
        assertThat(JsonMediaType.admits(type)).isFalse();
    }
}
