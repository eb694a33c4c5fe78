package io.worldweave.app.http;

import io.worldweave.wire.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Refuses a request that announces a body past the limit before any of it is read. One that does
 * not say how long it is passes: whoever reads it stops at the limit.
 *
 * <p>Thread-safe.
 */
public final class BodyLimit extends HttpFilter {
    @Serial private static final long serialVersionUID = 1L;

    private final int limit;

    public BodyLimit(int limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() <= limit) {
            chain.doFilter(request, response);
        } else {
            // What follows on this connection is the body that nobody wants.
            response.setHeader("Connection", "close");
            Problems.write(
                    response, ErrorCode.TOO_LARGE, "A body has at most " + limit + " bytes.");
        }
    }
}
