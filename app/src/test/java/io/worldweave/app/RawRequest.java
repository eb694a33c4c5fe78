package io.worldweave.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.time.Duration;

/**
 * A request as it goes over the wire, which need not be whole.
 *
 * <p>Not thread-safe: owned by the test that sent it.
 */
record RawRequest(Socket socket) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Sends the head of a POST with these header lines, and what there is of its body. */
    static RawRequest post(RunningServer server, String path, String headers, String body)
            throws IOException {
        Socket socket = new Socket(server.uri().getHost(), server.uri().getPort());
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%s\r\n"
                        .formatted(path, headers);
        socket.getOutputStream().write((head + body).getBytes(UTF_8));
        return new RawRequest(socket);
    }

    /**
     * Returns the first line of the answer, which is not the leave to go on that the container
     * gives by itself.
     */
    String statusLine() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String line = lines.readLine();
        while (line != null && (!line.startsWith("HTTP/") || line.startsWith("HTTP/1.1 100 "))) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
