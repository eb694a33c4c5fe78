package io.worldweave.websocket;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLimitsTest {
    private static SessionLimits pinged(Duration ping) {
        return new SessionLimits(
                1_024, 10, 10, ping, Duration.ofSeconds(45), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT45S", "PT1H"})
    void aPingThatComesTooLateForAQuietClientIsRefused(Duration ping) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pinged(ping))
                .withMessageContaining(
                        "ping is " + ping + ", and must be shorter than idle, which is PT45S");
    }

    @Test
    void aPingThatIsOnlyJustSoonerIsAllowed() {
        assertThatCode(() -> pinged(Duration.ofMillis(44_900))).doesNotThrowAnyException();
    }
}
