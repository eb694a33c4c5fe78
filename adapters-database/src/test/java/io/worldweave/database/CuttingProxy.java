package io.worldweave.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a client and PostgreSQL, and can cut the line at a chosen statement. */
final class CuttingProxy implements AutoCloseable {
    /** Where the line is cut. */
    enum Cut {
        /** The statement does not arrive. */
        BEFORE_THE_STATEMENT,
        /** The statement arrives, and nothing that the server says of it. */
        BEFORE_THE_ANSWER
    }

    /** What is waited for, and what happens then. */
    private record Trap(String text, Cut cut) {}

    private final ServerSocket entrance;
    private final int serverPort;
    private final AtomicReference<Trap> trap = new AtomicReference<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    CuttingProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    String url(String database) {
        // Without preparation each statement's text is on the line.
        return "jdbc:postgresql://127.0.0.1:"
                + entrance.getLocalPort()
                + "/"
                + database
                + "?prepareThreshold=0";
    }

    /** Cuts the connection that next sends something with {@code text} in it. */
    void cutAt(String text, Cut cut) {
        trap.set(new Trap(text, cut));
    }

    /** Returns whether the line was cut since it was asked for. */
    boolean hasCut() {
        return trap.get() == null;
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                Thread.startVirtualThread(() -> forward(client, server));
                Thread.startVirtualThread(() -> copy(server, client));
            } catch (IOException closed) {
                // The test is over, or the server is away.
            }
        }
    }

    private void forward(Socket client, Socket server) {
        byte[] buffer = new byte[1 << 20];
        try (client) {
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                String sent = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
                Trap armed = trap.get();
                if (armed != null
                        && sent.contains(armed.text())
                        && trap.compareAndSet(armed, null)) {
                    client.close();
                    if (armed.cut() == Cut.BEFORE_THE_ANSWER) {
                        out.write(buffer, 0, length);
                        out.flush();
                        // The server goes on with it, and finds only then that nobody listens.
                        server.shutdownOutput();
                    } else {
                        server.close();
                    }
                    return;
                }
                out.write(buffer, 0, length);
            }
            server.shutdownOutput();
        } catch (IOException cut) {
            close(server);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // The other direction notices.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        sockets.forEach(CuttingProxy::close);
    }
}
