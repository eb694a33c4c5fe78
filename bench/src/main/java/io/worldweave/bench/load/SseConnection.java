package io.worldweave.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection over a plain socket, so that what is timed is the service and not a client
 * library. Speaks as much HTTP/1.1 as the service's streams need: a request, a status, chunks.
 *
 * <p>Not thread-safe. Methods block.
 */
final class SseConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private byte[] chunk = new byte[0];
    private int position;

    SseConnection(URI service) throws IOException {
        int port = service.getPort() < 0 ? 80 : service.getPort();
        host = service.getHost() + ":" + port;
        socket = new Socket(service.getHost(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 16_384);
        out = socket.getOutputStream();
    }

    /** Sends a request and returns its status once the head of the answer has come. */
    int send(String method, String path, String key, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nx-api-key: "
                        + key
                        + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + content.length
                        + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(content);
        out.write(request.toByteArray());
        out.flush();
        return readHead();
    }

    private int readHead() throws IOException {
        String status = line();
        String header;
        boolean chunked = false;
        do {
            header = line();
            chunked |= header.equalsIgnoreCase("Transfer-Encoding: chunked");
        } while (!header.isEmpty());
        int code = Integer.parseInt(status.substring(9, 12));
        if (code == 200 && !chunked) {
            throw new IOException("a stream is expected to come in chunks");
        }
        return code;
    }

    /** Returns the next line of the stream without its end, or null when the stream has ended. */
    @Nullable String streamLine() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            if (position == chunk.length && !nextChunk()) {
                return null;
            }
            byte next = chunk[position++];
            if (next == '\n') {
                return text.toString(StandardCharsets.UTF_8);
            }
            text.write(next);
        }
    }

    private boolean nextChunk() throws IOException {
        if (chunk.length > 0) {
            line();
        }
        int size = Integer.parseInt(line().strip(), 16);
        if (size == 0) {
            line();
            chunk = new byte[0];
            position = 0;
            return false;
        }
        chunk = in.readNBytes(size);
        position = 0;
        return true;
    }

    private String line() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) {
                throw new EOFException("the service closed the connection");
            }
            if (next != '\r') {
                text.write(next);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
