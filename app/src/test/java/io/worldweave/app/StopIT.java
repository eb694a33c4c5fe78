package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stop says goodbye to open streams, and does not wait for their clients. */
class StopIT {
    /** The container alone would wait half a minute for the stream. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    @Test
    void anOpenStreamIsToldToComeBackAndDoesNotHoldUpTheStop() throws Exception {
        try (RunningServer server = RunningServer.start();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> stream =
                    http.send(
                            HttpRequest.newBuilder(server.uri("/experiences/wylding-woods/events"))
                                    .header("x-api-key", "demo-alice")
                                    .build(),
                            BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);

            long begin = System.nanoTime();
            server.stop();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"type\":\"snapshot\"", "\"code\":\"shutting_down\"");
            assertThat(took).isLessThan(STOP_LIMIT);
        }
    }
}
