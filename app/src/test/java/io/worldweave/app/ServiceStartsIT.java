package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(RunningServer.SHARED)
class ServiceStartsIT {
    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/health/started"})
    void healthSaysThatItIsUp(String path) throws Exception {
        HttpResponse<String> response = RunningServer.shared().get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"status\":\"UP\"");
    }

    @Test
    void metricsAnswerWithoutALogin() throws Exception {
        HttpResponse<String> response = RunningServer.shared().get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("# TYPE ");
    }

    @Test
    void openApiDescribesTheService() throws Exception {
        HttpResponse<String> response = RunningServer.shared().get("/openapi");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("---\nopenapi: 3.1").contains("title: Worldweave");
    }
}
