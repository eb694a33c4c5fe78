package io.worldweave.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamsTest {
    private final EventStreams streams = new EventStreams();
    private final StartedRequest request = new StartedRequest();

    @Test
    void theWriterCompletesItsRequestOnItsOwnVirtualThread() throws Exception {
        CompletableFuture<Thread> writer = new CompletableFuture<>();

        streams.write(request, () -> writer.complete(Thread.currentThread()));

        assertThat(request.completer.get()).isSameAs(writer.get());
        assertThat(writer.get().isVirtual()).isTrue();
        assertThat(writer.get().getName()).startsWith("sse-");
        assertThat(request.timeout).isZero();
    }

    @Test
    void aClientThatHasGoneEndsItsWriter() throws Exception {
        streams.write(
                request,
                () -> {
                    throw new IOException("gone");
                });

        assertThat(request.completer.get()).isNotNull();
        await().until(() -> streams.writerCount() == 0);
    }

    @Test
    void aRequestThatTheContainerHasEndedEndsItsWriter() {
        request.ended = true;

        streams.write(request, () -> {});

        await().until(() -> streams.writerCount() == 0);
    }

    @Test
    void drainingWaitsForTheLastWriter() throws Exception {
        CountDownLatch goodbye = new CountDownLatch(1);
        streams.write(request, () -> pass(goodbye));

        assertThat(streams.drain(Duration.ofMillis(1))).isFalse();
        assertThat(streams.writerCount()).isOne();
        goodbye.countDown();

        assertThat(streams.drain(Duration.ofSeconds(10))).isTrue();
        assertThat(streams.writerCount()).isZero();
    }

    private static void pass(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** A request that was taken off its thread, as far as writers have to do with it. */
    private static final class StartedRequest implements AsyncContext {
        final CompletableFuture<Thread> completer = new CompletableFuture<>();
        volatile long timeout = -1;
        volatile boolean ended;

        @Override
        public void complete() {
            if (ended) {
                throw new IllegalStateException("ended already");
            }
            completer.complete(Thread.currentThread());
        }

        @Override
        public void setTimeout(long millis) {
            timeout = millis;
        }

        @Override
        public long getTimeout() {
            return timeout;
        }

        @Override
        public ServletRequest getRequest() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ServletResponse getResponse() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dispatch() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dispatch(String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void dispatch(ServletContext context, String path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(Runnable run) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addListener(AsyncListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addListener(
                AsyncListener listener, ServletRequest request, ServletResponse response) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
