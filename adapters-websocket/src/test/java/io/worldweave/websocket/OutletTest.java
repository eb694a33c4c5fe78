package io.worldweave.websocket;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.wire.ErrorCode;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container that never returns holds up no session. */
@Timeout(10)
class OutletTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final CountDownLatch never = new CountDownLatch(1);
    private final Outlet outlet = new Outlet(hanging(Session.class), SHORT, SHORT);

    /** Returns a part of the container that hangs in whatever it does for a client. */
    private <T> T hanging(Class<T> type) {
        InvocationHandler handler =
                (_, method, _) ->
                        switch (method.getName()) {
                            case "getAsyncRemote" -> hanging(RemoteEndpoint.Async.class);
                            case "getBasicRemote" -> hanging(RemoteEndpoint.Basic.class);
                            case "sendPing", "close" -> {
                                never.await();
                                yield null;
                            }
                            default -> null;
                        };
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void aPingThatNeverReturnsIsGivenUp() {
        assertThatThrownBy(outlet::ping).isInstanceOf(IOException.class);
    }

    @Test
    void aMessageThatIsNeverSentIsGivenUp() {
        assertThatThrownBy(() -> outlet.send("hello")).isInstanceOf(IOException.class);
    }

    @Test
    void aCloseThatNeverReturnsIsGivenUp() {
        outlet.close(ErrorCode.IDLE);
    }
}
