package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stop says goodbye to open streams, and does not wait for their clients. */
class StopIT {
    /** The container alone would wait half a minute for the stream. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    @Test
    void anOpenStreamIsToldToComeBackAndDoesNotHoldUpTheStop() {
        try (RunningServer server = RunningServer.start();
                EventReader stream =
                        EventReader.get(
                                server, "/experiences/wylding-woods/events", "demo-alice")) {
            stream.next("snapshot");

            long begin = System.nanoTime();
            server.stop();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(stream.rest().getLast().data().text("code")).isEqualTo("shutting_down");
            assertThat(took).isLessThan(STOP_LIMIT);
        }
    }
}
