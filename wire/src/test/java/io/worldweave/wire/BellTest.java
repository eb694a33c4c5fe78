package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BellTest {
    private static final long FOR_EVER = Duration.ofDays(1).toNanos();

    private final Bell bell = new Bell();

    @Test
    void aRingBeforeTheWaitEndsIt() {
        bell.run();

        bell.await(FOR_EVER);
    }

    @Test
    void aRingIsHeardThoughABlockingWriteHasUsedThePermitUp() {
        bell.await(0);
        bell.run();
        LockSupport.parkNanos(1);

        bell.await(FOR_EVER);
    }

    @Test
    void aRingFromAnotherThreadEndsTheWait() throws InterruptedException {
        Thread writer = Thread.ofVirtual().start(() -> bell.await(FOR_EVER));

        bell.run();

        assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void withoutARingTheWaitEndsInTime() {
        long start = System.nanoTime();

        bell.await(1_000_000);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void anAnsweredRingIsOver() {
        bell.run();
        bell.await(FOR_EVER);
        long start = System.nanoTime();

        bell.await(1_000_000);

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000);
    }
}
