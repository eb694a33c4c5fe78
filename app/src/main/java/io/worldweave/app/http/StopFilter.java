package io.worldweave.app.http;

import io.worldweave.wire.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.function.BooleanSupplier;

/**
 * Refuses what comes when the service does not serve any more. What begins a session goes on: whose
 * socket is closed is told why.
 *
 * <p>Thread-safe.
 */
public final class StopFilter extends HttpFilter {
    @Serial private static final long serialVersionUID = 1L;

    private final transient BooleanSupplier isServing;

    public StopFilter(BooleanSupplier isServing) {
        this.isServing = isServing;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isServing.getAsBoolean()
                || "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            chain.doFilter(request, response);
        } else {
            Problems.write(
                    response, ErrorCode.SHUTTING_DOWN, "The service is stopping; come back soon.");
        }
    }
}
