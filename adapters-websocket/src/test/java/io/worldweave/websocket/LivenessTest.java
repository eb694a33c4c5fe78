package io.worldweave.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LivenessTest {
    private static final SessionLimits LIMITS =
            new SessionLimits(
                    1_024,
                    10,
                    10,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(45),
                    Duration.ofSeconds(10));

    private long nowNanos = 3;
    private final Liveness liveness = new Liveness(LIMITS, () -> nowNanos);

    private void pass(int seconds) {
        nowNanos += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void pingsAreDueOneAfterAnother() {
        assertThat(liveness.takePing()).isFalse();
        assertThat(liveness.nanosUntilDue()).isEqualTo(Duration.ofSeconds(15).toNanos());
        pass(15);
        assertThat(liveness.nanosUntilDue()).isZero();
        assertThat(liveness.takePing()).isTrue();
        assertThat(liveness.takePing()).isFalse();
    }

    @Test
    void aClientThatIsHeardOfLivesOn() {
        for (int i = 0; i < 100; i++) {
            pass(44);
            assertThat(liveness.isOver()).isFalse();
            liveness.heard();
        }
    }

    @Test
    void silenceEndsTheSessionAtItsLimit() {
        pass(44);
        liveness.takePing();
        assertThat(liveness.nanosUntilDue()).isEqualTo(Duration.ofSeconds(1).toNanos());
        pass(1);

        assertThat(liveness.isOver()).isTrue();
    }

    @Test
    void aClientThatIsBeingAnsweredIsNeverIdleAndItsWriterSleeps() {
        liveness.answering();
        for (int i = 0; i < 10; i++) {
            pass(15);
            assertThat(liveness.isOver()).isFalse();
            assertThat(liveness.takePing()).isTrue();
            assertThat(liveness.nanosUntilDue()).isEqualTo(Duration.ofSeconds(15).toNanos());
        }
        pass(10);

        liveness.answered();

        assertThat(liveness.isOver()).isFalse();
        assertThat(liveness.nanosUntilDue()).isEqualTo(Duration.ofSeconds(5).toNanos());
        pass(45);
        assertThat(liveness.isOver()).isTrue();
    }
}
