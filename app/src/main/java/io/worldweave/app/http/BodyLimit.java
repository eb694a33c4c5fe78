package io.worldweave.app.http;

import io.worldweave.wire.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.regex.Pattern;

/**
 * Refuses a request that announces a body past the limit before any of it is read. One that does
 * not say how long it is passes: whoever reads it stops at the limit.
 *
 * <p>Thread-safe.
 */
public final class BodyLimit extends HttpFilter {
    @Serial private static final long serialVersionUID = 1L;

    private static final Pattern RESTORE = Pattern.compile("/experiences/[^/]+/restore");

    private final int limit;
    private final int restoreLimit;

    /**
     * Limits bodies.
     *
     * @param limit bytes of most of them
     * @param restoreLimit bytes of the backup that an admin restores
     */
    public BodyLimit(int limit, int restoreLimit) {
        this.limit = limit;
        this.restoreLimit = restoreLimit;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        int most = isRestore(request) ? restoreLimit : limit;
        if (request.getContentLengthLong() <= most) {
            chain.doFilter(request, response);
        } else {
            // What follows on this connection is the body that nobody wants.
            response.setHeader("Connection", "close");
            Problems.write(response, ErrorCode.TOO_LARGE, "A body has at most " + most + " bytes.");
        }
    }

    private static boolean isRestore(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return request.isUserInRole("admin") && RESTORE.matcher(path).matches();
    }
}
