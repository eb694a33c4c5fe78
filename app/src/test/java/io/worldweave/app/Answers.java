package io.worldweave.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What tests look for in answers. */
final class Answers {
    private Answers() {}

    static JsonObject json(HttpResponse<String> response) {
        return JsonReader.withLimits(ReadLimits.FILE)
                .readObject(response.body().getBytes(StandardCharsets.UTF_8));
    }

    static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(json(response).text("code")).as(response.body()).isEqualTo(code);
    }

    /** Some refusal that says why, and is not the service's own fault. */
    static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(400, 499);
        assertThat(response.headers().firstValue("Content-Type"))
                .as(response.body())
                .hasValue("application/problem+json");
        assertThat(json(response).text("detail", "")).isNotBlank();
    }
}
