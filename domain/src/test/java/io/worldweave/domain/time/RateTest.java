package io.worldweave.websocket;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageRateTest {
    private long nowNanos = 7;
    private final MessageRate rate = new MessageRate(10, () -> nowNanos);

    private int admitted(int messages) {
        int admitted = 0;
        for (int i = 0; i < messages; i++) {
            admitted += rate.admits() ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void afterASilenceThreeSecondsWorthComeAtOnce() {
        assertThat(admitted(100)).isEqualTo(30);
    }

    @Test
    void whatIsRefusedIsNotCounted() {
        admitted(1_000);
        nowNanos += MILLISECONDS.toNanos(100);

        assertThat(admitted(5)).isEqualTo(1);
    }

    @Test
    void noSilenceSavesUpMore() {
        nowNanos += MILLISECONDS.toNanos(3_600_000);

        assertThat(admitted(100)).isEqualTo(30);
    }

    @Test
    void aSteadyPaceIsAlwaysAdmitted() {
        admitted(100);
        for (int i = 0; i < 1_000; i++) {
            nowNanos += MILLISECONDS.toNanos(100);
            assertThat(rate.admits()).isTrue();
        }
    }
}
