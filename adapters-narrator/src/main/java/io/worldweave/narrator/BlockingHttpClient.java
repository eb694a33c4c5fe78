package io.worldweave.narrator;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Sends requests to a model over the JDK's client and reads the answer on the thread that asks,
 * within the {@link Connection} that this thread has: so a slow reader slows the model down, and
 * closing the connection ends the request at any point. HTTP/1.1 alone: an answer has a connection
 * of its own, and ending it ends that.
 *
 * <p>What a listener cannot make sense of ends the answer; it is never left out.
 *
 * <p>Thread-safe. Methods block.
 */
final class BlockingHttpClient implements dev.langchain4j.http.client.HttpClient, AutoCloseable {
    /** A longer answer is no narrative. */
    static final long ANSWER_LIMIT = 8 << 20;

    private static final int ERROR_LIMIT = 4_096;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_LIMIT)
                    .executor(threads)
                    .build();

    /** Gives this client to the models that are built with it. */
    HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return CONNECT_LIMIT;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration timeout) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return LONGEST_WISH;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration timeout) {
                return this;
            }

            @Override
            public dev.langchain4j.http.client.HttpClient build() {
                return BlockingHttpClient.this;
            }
        };
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("answers are read as they are written");
    }

    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        Connection connection = Connection.CURRENT.get();
        try {
            HttpResponse<InputStream> response =
                    http.send(jdkRequest(request), BodyHandlers.ofInputStream());
            try (InputStream body = new LimitedBody(response.body(), ANSWER_LIMIT)) {
                connection.reads(body);
                if (response.statusCode() / 100 != 2) {
                    connection.wishes(wish(response.headers()));
                    throw new HttpException(response.statusCode(), excerpt(body));
                }
                listener.onOpen(
                        SuccessfulHttpResponse.builder()
                                .statusCode(response.statusCode())
                                .headers(response.headers().map())
                                .build());
                parser.parse(body, new Strict(listener, connection));
                if (connection.failure() == null) {
                    listener.onClose();
                }
            }
        } catch (InterruptedException stopped) {
            connection.failed(stopped);
        } catch (IOException | RuntimeException failure) {
            connection.failed(failure);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private static java.net.http.HttpRequest jdkRequest(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                        .method(
                                request.method().name(),
                                request.body() == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(request.body()));
        request.headers()
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    private static String excerpt(InputStream body) throws IOException {
        return new String(body.readNBytes(ERROR_LIMIT), StandardCharsets.UTF_8);
    }

    /** A date, which the header may be too, counts as no wish. */
    private static Duration wish(HttpHeaders headers) {
        String seconds = headers.firstValue("retry-after").orElse("");
        return seconds.matches("\\d{1,4}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }

    /** A listener that loses nothing: its first failure ends the answer. */
    private record Strict(ServerSentEventListener listener, Connection connection)
            implements ServerSentEventListener {
        @Override
        public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
            if (connection.failure() != null) {
                return;
            }
            try {
                listener.onEvent(event, context);
            } catch (RuntimeException failure) {
                connection.failed(failure);
            }
            if (connection.failure() != null) {
                context.parsingHandle().cancel();
            }
        }

        @Override
        public void onError(Throwable failure) {
            connection.failed(failure);
        }
    }
}
