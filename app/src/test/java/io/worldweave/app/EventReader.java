package io.worldweave.app;

import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of server-sent events as it comes, byte by byte. Methods block until the server
 * has sent enough: tests that use it have a time-out.
 */
final class EventReader implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HttpResponse<InputStream> response;
    private @Nullable String lastId;
    private int comments;
    private boolean carriageReturns;

    /** One event: its id, if it has one, and its message. */
    record Event(@Nullable String id, JsonObject data) {
        String type() {
            return data.text("type", "");
        }
    }

    private EventReader(HttpResponse<InputStream> response) {
        this.response = response;
    }

    /** Gets a stream; {@code headers} are names and values by turns. */
    static EventReader get(RunningServer server, String path, String key, String... headers) {
        return open(request(server, path, key, headers).GET().build());
    }

    /** Says something as a turn's beginning and reads what answers it. */
    static EventReader say(RunningServer server, String key, String message) {
        return post(
                server, "/chat/unified", key, "{\"message\":\"" + message + "\",\"stream\":true}");
    }

    static EventReader post(RunningServer server, String path, String key, String json) {
        return open(
                request(
                                server,
                                path,
                                key,
                                "Content-Type",
                                "application/json",
                                "Accept-Encoding",
                                "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    private static HttpRequest.Builder request(
            RunningServer server, String path, String key, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri(path)).header("x-api-key", key);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static EventReader open(HttpRequest request) {
        try {
            return new EventReader(HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while waiting for " + request.uri(), interrupted);
        }
    }

    int status() {
        return response.statusCode();
    }

    HttpHeaders headers() {
        return response.headers();
    }

    /** Returns the next event, or null when the stream has ended. */
    @Nullable Event next() {
        StringBuilder data = new StringBuilder();
        String id = null;
        String line;
        while ((line = line()) != null) {
            if (line.isEmpty() && !data.isEmpty()) {
                lastId = id == null ? lastId : id;
                return new Event(id, json(data.toString()));
            } else if (line.startsWith("data: ")) {
                data.append(line.substring(6));
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith(":")) {
                comments++;
            }
        }
        return null;
    }

    /** Returns the next event of a type, and leaves those before it. */
    Event next(String type) {
        return next(event -> event.type().equals(type));
    }

    Event next(Predicate<Event> wanted) {
        Event event;
        while ((event = next()) != null) {
            if (wanted.test(event)) {
                return event;
            }
        }
        throw new AssertionError("the stream ended before the event that was wanted");
    }

    /** Returns all events until the stream ends. */
    List<Event> rest() {
        List<Event> events = new ArrayList<>();
        Event event;
        while ((event = next()) != null) {
            events.add(event);
        }
        return events;
    }

    /** Reads until a comment comes. */
    void awaitComment() {
        int before = comments;
        while (comments == before) {
            String line = line();
            if (line == null) {
                throw new AssertionError("the stream ended before a comment came");
            }
            comments += line.startsWith(":") ? 1 : 0;
        }
    }

    /** Returns the id of the last event that had one. */
    String lastId() {
        if (lastId == null) {
            throw new AssertionError("no event had an id");
        }
        return lastId;
    }

    boolean sawCarriageReturns() {
        return carriageReturns;
    }

    private static JsonObject json(String text) {
        return JsonReader.withLimits(ReadLimits.FILE)
                .readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next;
            while ((next = response.body().read()) != '\n') {
                if (next < 0) {
                    return null;
                }
                carriageReturns |= next == '\r';
                line.write(next);
            }
        } catch (IOException cut) {
            return null;
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }
}
