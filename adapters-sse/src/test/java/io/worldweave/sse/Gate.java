package io.worldweave.sse;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A client's socket: each write is kept, and waits while the gate is shut. Broken, it fails every
 * write.
 *
 * <p>Thread-safe.
 */
final class Gate extends OutputStream {
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open;
    private volatile boolean broken;

    private Gate(boolean shut) {
        open = new CountDownLatch(shut ? 1 : 0);
    }

    static Gate open() {
        return new Gate(false);
    }

    static Gate shut() {
        return new Gate(true);
    }

    /** Lets every write pass. */
    void pass() {
        open.countDown();
    }

    /** Fails every write, also the one that waits. */
    void fail() {
        broken = true;
        open.countDown();
    }

    /** Waits until the first write has come to the gate. */
    void awaitArrival() throws InterruptedException {
        arrived.await();
    }

    List<String> writes() {
        return List.copyOf(writes);
    }

    String text() {
        return String.join("", writes);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        arrived.countDown();
        try {
            open.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        if (broken) {
            throw new IOException("the client has gone");
        }
        writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int single) {
        throw new AssertionError("bytes are written together");
    }
}
