package io.worldweave.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StopFilterTest {
    private final AtomicBoolean serving = new AtomicBoolean(true);
    private final StopFilter filter = new StopFilter(serving::get);
    private final StringBuilder answer = new StringBuilder();

    @Test
    void whatComesWhileTheServiceServesGoesOn() throws Exception {
        assertThat(goesOn(null)).isTrue();
    }

    @Test
    void whatComesWhileItStopsIsToldToComeBack() throws Exception {
        serving.set(false);

        assertThat(goesOn(null)).isFalse();
        assertThat(answer).contains("setStatus 503", "setHeader Retry-After", "\"shutting_down\"");
    }

    @Test
    void aSessionIsToldByItsSocket() throws Exception {
        serving.set(false);

        assertThat(goesOn("WebSocket")).isTrue();
    }

    private boolean goesOn(@Nullable String upgrade) throws Exception {
        boolean[] goneOn = {false};
        FilterChain chain = (_, _) -> goneOn[0] = true;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        filter.doFilter(
                proxy(HttpServletRequest.class, upgrade),
                proxy(HttpServletResponse.class, new Body(body)),
                chain);
        answer.append(body.toString(StandardCharsets.UTF_8));
        return goneOn[0];
    }

    /** Makes what notes its calls, and returns {@code value} where it has to return something. */
    private <T> T proxy(Class<T> type, @Nullable Object value) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            answer.append(method.getName());
                            for (Object argument : arguments == null ? new Object[0] : arguments) {
                                answer.append(' ').append(argument);
                            }
                            return method.getReturnType() == void.class ? null : value;
                        }));
    }

    private static final class Body extends ServletOutputStream {
        private final ByteArrayOutputStream bytes;

        Body(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int octet) {
            bytes.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
