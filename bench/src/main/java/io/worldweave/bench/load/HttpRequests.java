package io.worldweave.bench.load;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests whose time does not count. */
final class HttpRequests {
    private HttpRequests() {}

    /** Posts a JSON body; an answer other than 2xx is an {@link IOException}. */
    static void post(URI uri, String key, String body) throws IOException {
        HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection();
        request.setRequestMethod("POST");
        request.setRequestProperty("x-api-key", key);
        request.setRequestProperty("Content-Type", "application/json");
        request.setDoOutput(true);
        request.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        int status = request.getResponseCode();
        if (status / 100 != 2) {
            throw new IOException(uri + " answered " + status);
        }
        request.getInputStream().readAllBytes();
    }
}
