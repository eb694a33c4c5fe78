package io.worldweave.narrator.kit;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A model over HTTP on the loopback that says what a test has written, byte by byte if need be.
 *
 * <p>Thread-safe. Closing ends all connections.
 */
public final class ModelServer implements AutoCloseable {
    private static final int REQUESTS_KEPT = 1_000;

    private final WireFormat format;
    private final Function<String, Reply> script;
    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();

    /**
     * Listens on a free port.
     *
     * @param script gives the reply to a request, of which it is told head and body
     */
    public ModelServer(WireFormat format, Function<String, Reply> script) {
        this(0, format, script);
    }

    /** Listens on that port. */
    public ModelServer(int port, WireFormat format, Function<String, Reply> script) {
        this.format = format;
        this.script = script;
        try {
            socket = new ServerSocket(port, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofPlatform().daemon().name("model-server").start(this::accept);
    }

    public URI url() {
        return URI.create("http://localhost:" + socket.getLocalPort());
    }

    /** Returns the last requests, head and body. */
    public List<String> requests() {
        return requests;
    }

    /** Returns how many requests have come. */
    public int served() {
        return served.get();
    }

    /** Returns how many connections are open, be they idle. */
    public int openConnections() {
        return open.size();
    }

    /** Returns how many requests are being answered. */
    public int underWay() {
        return underWay.get();
    }

    /** Closes every connection, whatever is being answered on it; new ones are served. */
    public void cutOff() {
        try {
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        cutOff();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connection.setTcpNoDelay(true);
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                // the loop ends with the socket
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 16_384);
            while (answer(in, out)) {
                // the next request of the connection
            }
        } catch (IOException gone) {
            // the client has gone
        } finally {
            open.remove(connection);
        }
    }

    private boolean answer(InputStream in, OutputStream out) throws IOException {
        String head = head(in);
        if (head.isEmpty()) {
            return false;
        }
        String body = body(in, head);
        underWay.incrementAndGet();
        try {
            served.incrementAndGet();
            if (requests.size() < REQUESTS_KEPT) {
                requests.add(head + body);
            }
            return send(script.apply(head + body), in, out);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private boolean send(Reply reply, InputStream in, OutputStream out) throws IOException {
        Pen pen = new Pen(out, reply.cutAt());
        String type = reply.status() == 200 ? format.contentType() : "application/json";
        boolean whole =
                pen.write(
                        "HTTP/1.1 "
                                + reply.status()
                                + " X\r\nContent-Type: "
                                + type
                                + "\r\n"
                                + reply.headers()
                                + "Transfer-Encoding: chunked\r\n\r\n");
        for (String event : reply.events()) {
            if (Reply.isPause(event)) {
                pause(Reply.millis(event));
            } else if (whole) {
                byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
                whole =
                        pen.write(Integer.toHexString(bytes.length) + "\r\n")
                                && pen.write(event)
                                && pen.write("\r\n");
            }
            out.flush();
        }
        if (reply.hangs()) {
            out.flush();
            if (in.read() < 0) {
                return false;
            }
        }
        whole = whole && pen.write("0\r\n\r\n");
        out.flush();
        return whole;
    }

    /** Writes until the place where the answer is cut. */
    private static final class Pen {
        private final OutputStream out;
        private final int limit;
        private int written;

        Pen(OutputStream out, int limit) {
            this.out = out;
            this.limit = limit < 0 ? Integer.MAX_VALUE : limit;
        }

        boolean write(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int count = Math.min(bytes.length, limit - written);
            out.write(bytes, 0, count);
            written += count;
            return count == bytes.length;
        }
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while ((next = in.read()) >= 0) {
            head.append((char) next);
            if (next == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static String body(InputStream in, String head) throws IOException {
        int length = 0;
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        return new String(body, StandardCharsets.UTF_8);
    }
}
