package io.worldweave.app.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {
    @Test
    void aKeyIsTheSameInQuotesAndBare() {
        assertThat(RequestKey.text("\"8e03978e-40d5\""))
                .isEqualTo(RequestKey.text("8e03978e-40d5"))
                .isEqualTo("8e03978e-40d5");
        assertThat(RequestKey.text("\"a \\\"b\\\" \\\\ c\"")).isEqualTo("a \"b\" \\ c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"a",
                "a\"",
                "a b",
                "\"a\", \"b\"",
                "a,b",
                "\"a\\n\"",
                "\u00e9",
                "\"\u00e9\""
            })
    void whatIsNoStringInQuotesAndNoBareTextIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> RequestKey.text(value));
    }
}
