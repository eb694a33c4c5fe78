package io.worldweave.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final AtomicInteger rings = new AtomicInteger();
    private final Outbox outbox = new Outbox(2, rings::incrementAndGet);

    @Test
    void answersComeInTheirOrderAndTheWriterIsWoken() {
        outbox.offer("one");
        outbox.offer("two");

        assertThat(rings).hasValue(2);
        assertThat(outbox.poll()).isEqualTo("one");
        assertThat(outbox.poll()).isEqualTo("two");
        assertThat(outbox.poll()).isNull();
    }

    @Test
    void noMoreWaitThanMay() {
        assertThat(outbox.offer("one")).isTrue();
        assertThat(outbox.offer("two")).isTrue();
        assertThat(outbox.offer("three")).isFalse();
        outbox.poll();
        assertThat(outbox.offer("three")).isTrue();
    }

    @Test
    void theStreamIsHeldUntilTheLastHasLetGo() {
        outbox.hold();
        outbox.hold();
        outbox.release();
        assertThat(outbox.isHeld()).isTrue();
        outbox.release();
        assertThat(outbox.isHeld()).isFalse();
        assertThat(rings).as("the writer is woken").hasValue(2);
    }
}
