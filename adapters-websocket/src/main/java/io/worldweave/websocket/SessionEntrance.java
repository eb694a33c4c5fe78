package io.worldweave.websocket;

import io.worldweave.wire.ErrorCode;
import io.worldweave.wire.JsonWriter;
import io.worldweave.wire.ProblemJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serial;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what may become a socket: requests for an upgrade, from no web page or from one that
 * is allowed. A browser shows no other site's script what it fetches, but lets it open sockets
 * anywhere; so the service itself has to look whose page it is.
 *
 * <p>Thread-safe.
 */
final class SessionEntrance extends HttpFilter {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Supplier<AllowedOrigins> origins;

    SessionEntrance(Supplier<AllowedOrigins> origins) {
        this.origins = origins;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            refuse(response, ErrorCode.UPGRADE_REQUIRED, "here begin WebSocket sessions");
        } else if (!isAllowed(request)) {
            refuse(response, ErrorCode.FORBIDDEN, "pages of this origin may not open sessions");
        } else {
            chain.doFilter(new WithoutHttpSession(request), response);
        }
    }

    private boolean isAllowed(HttpServletRequest request) {
        List<String> pages = Collections.list(request.getHeaders("Origin"));
        String own =
                (request.getScheme() + "://" + request.getHeader("Host")).toLowerCase(Locale.ROOT);
        return pages.stream().allMatch(page -> origins.get().admits(page, own));
    }

    private static void refuse(HttpServletResponse response, ErrorCode code, String detail)
            throws IOException {
        byte[] body = JsonWriter.compact(ProblemJson.of(code, detail));
        response.setStatus(code.status());
        response.setContentType(ProblemJson.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * The container would make an HTTP session for every socket, with a cookie, and close the
     * socket when that session ends.
     */
    private static final class WithoutHttpSession extends HttpServletRequestWrapper {
        WithoutHttpSession(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable HttpSession getSession() {
            return null;
        }

        @Override
        public @Nullable HttpSession getSession(boolean create) {
            return null;
        }
    }
}
