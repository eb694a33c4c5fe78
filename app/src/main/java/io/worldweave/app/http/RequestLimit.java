package io.worldweave.app.http;

import io.worldweave.wire.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses a request of a user who has as many under way as one may have, so that one user's slow
 * requests leave threads to the others.
 *
 * <p>A request is under way while it holds its thread: an open stream is not.
 *
 * <p>Thread-safe.
 */
public final class RequestLimit extends HttpFilter {
    @Serial private static final long serialVersionUID = 1L;

    private final int limit;
    private final transient Map<String, Integer> underWay = new ConcurrentHashMap<>();

    public RequestLimit(int limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String user = request.getRemoteUser();
        if (user == null) {
            chain.doFilter(request, response);
        } else if (enter(user)) {
            try {
                chain.doFilter(request, response);
            } finally {
                leave(user);
            }
        } else {
            Problems.write(
                    response,
                    ErrorCode.TOO_MANY_REQUESTS,
                    "A user has at most " + limit + " requests under way at once.");
        }
    }

    /** Counts one more of the user's, unless that would be one too many. */
    boolean enter(String user) {
        boolean[] entered = {false};
        underWay.compute(
                user,
                (_, count) -> {
                    int before = count == null ? 0 : count;
                    entered[0] = before < limit;
                    return entered[0] ? before + 1 : before;
                });
        return entered[0];
    }

    /** Counts one less of the user's. */
    void leave(String user) {
        underWay.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }

    /** Returns how many users have something under way. */
    int userCount() {
        return underWay.size();
    }
}
