package io.worldweave.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to a server on this machine, which can be cut: then nothing gets through and nobody is
 * told, until it is mended.
 *
 * <p>Thread-safe.
 */
final class Cable implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final ServerSocket entrance;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private boolean cut;

    /** Lays a cable to a port. */
    Cable(int port) {
        this.port = port;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Returns where the cable begins. */
    int port() {
        return entrance.getLocalPort();
    }

    synchronized void cut() {
        cut = true;
    }

    synchronized void mend() {
        cut = false;
        notifyAll();
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mend();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket here = entrance.accept();
                open.add(here);
                Thread.ofVirtual().start(() -> connect(here));
            } catch (IOException closed) {
                // the loop ends with the socket
            }
        }
    }

    private void connect(Socket here) {
        try {
            awaitWhole();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(there);
            Thread.ofVirtual().start(() -> carry(here, there));
            carry(there, here);
        } catch (IOException nobodyThere) {
            end(here);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(buffer)) > 0) {
                awaitWhole();
                out.write(buffer, 0, count);
            }
        } catch (IOException ended) {
            // both ends are told
        }
        end(from);
        end(to);
    }

    private synchronized void awaitWhole() {
        while (cut) {
            try {
                wait();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
