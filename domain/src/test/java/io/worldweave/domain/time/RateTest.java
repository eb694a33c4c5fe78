package io.worldweave.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private final VirtualScheduler time = new VirtualScheduler();
    private final Rate rate = new Rate(10, time);

    private int admitted(int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
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
        time.advance(Duration.ofMillis(100));

        assertThat(admitted(5)).isEqualTo(1);
    }

    @Test
    void noSilenceSavesUpMore() {
        time.advance(Duration.ofHours(1));

        assertThat(admitted(100)).isEqualTo(30);
    }

    @Test
    void aSteadyPaceIsAlwaysAdmitted() {
        admitted(100);
        for (int i = 0; i < 1_000; i++) {
            time.advance(Duration.ofMillis(100));
            assertThat(rate.admits()).isTrue();
        }
    }

    @Test
    void itIsAtRestWhenAllIsSavedUpAgain() {
        assertThat(rate.isAtRest()).isTrue();
        admitted(2);
        time.advance(Duration.ofMillis(199));
        assertThat(rate.isAtRest()).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(rate.isAtRest()).isTrue();
    }
}
