package io.worldweave.app;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A socket that has been upgraded, and does nothing by itself: it reads when it is told to, and
 * answers no ping.
 *
 * <p>Not thread-safe.
 */
final class RawSession implements AutoCloseable {
    private static final int CLOSE = 8;
    private static final int PING = 9;

    private final Socket socket;

    /** A frame of the server's. */
    static final class Frame {
        private final int opcode;
        private final byte[] payload;

        Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }

        boolean isPing() {
            return opcode == PING;
        }

        boolean isClose() {
            return opcode == CLOSE;
        }

        int closeCode() {
            return (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        }

        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private RawSession(Socket socket) {
        this.socket = socket;
    }

    /** Opens a session whose client has little room for what it does not read. */
    static RawSession open(RunningServer server, String path, String key) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(30_000);
            socket.connect(new InetSocketAddress("localhost", server.uri().getPort()));
            RawSession session = new RawSession(socket);
            session.upgrade(path, key);
            return session;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void upgrade(String path, String key) throws IOException {
        String request =
                String.join(
                        "\r\n",
                        "GET " + path + " HTTP/1.1",
                        "Host: localhost",
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "x-api-key: " + key,
                        "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("no upgrade: " + head);
        }
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new EOFException("the answer broke off: " + head);
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Sends a text message, or what pretends to be one. */
    void send(byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length & 0xFF);
        }
        // Masked with zeros, which leaves it as it is.
        frame.write(new byte[4]);
        frame.write(payload);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Reads until the server has closed, and returns all frames. */
    List<Frame> rest() throws IOException {
        List<Frame> frames = new ArrayList<>();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        try {
            do {
                frames.add(frame(in));
            } while (!frames.getLast().isClose());
        } catch (EOFException ended) {
            return frames;
        }
        return frames;
    }

    private static Frame frame(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
