package io.worldweave.app.security;

import io.worldweave.app.http.Problems;
import io.worldweave.domain.user.Identity;
import io.worldweave.websocket.WebSocketTransport;
import io.worldweave.wire.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in whose credentials prove somebody, as that somebody; any other is answered with
 * 401. It stands before everything else.
 *
 * <p>Thread-safe.
 */
public final class AuthenticationFilter extends HttpFilter {
    /** What everybody may see. Health, metrics and the API's description are not behind this. */
    private static final Set<String> PUBLIC_PATHS = Set.of("/", "/index.html");

    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Authenticator> authenticators;

    /**
     * @param authenticators asked in order; the first that knows a credential decides
     */
    public AuthenticationFilter(List<Authenticator> authenticators) {
        this.authenticators = List.copyOf(authenticators);
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (PUBLIC_PATHS.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        if (beginsSession(request)) {
            chain.doFilter(identified(request), response);
            return;
        }
        switch (Credentials.of(request)) {
            case Credentials.Shown.Nothing _ ->
                    refuse(response, "Bearer", "This needs an API key, in the header x-api-key.");
            case Credentials.Shown.Unusable(String reason) ->
                    refuse(response, "Bearer error=\"invalid_request\"", reason);
            case Credentials.Shown.One(Credential credential) -> {
                Identity identity = identify(credential);
                if (identity == null) {
                    refuse(
                            response,
                            "Bearer error=\"invalid_token\"",
                            "The credentials are not known here.");
                } else {
                    chain.doFilter(new IdentifiedRequest(request, identity), response);
                }
            }
        }
    }

    /**
     * Returns whether the request is to become a socket. Whoever opens that closes it if nobody has
     * vouched for the caller: a browser tells its page why a socket was closed, and not why an
     * upgrade was refused.
     */
    private static boolean beginsSession(HttpServletRequest request) {
        return WebSocketTransport.PATHS.contains(request.getRequestURI())
                && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    private HttpServletRequest identified(HttpServletRequest request) {
        Identity identity =
                Credentials.of(request) instanceof Credentials.Shown.One(Credential credential)
                        ? identify(credential)
                        : null;
        return identity == null ? request : new IdentifiedRequest(request, identity);
    }

    private @Nullable Identity identify(Credential credential) {
        return authenticators.stream()
                .map(authenticator -> authenticator.identify(credential))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static void refuse(HttpServletResponse response, String challenge, String detail)
            throws IOException {
        response.setHeader("WWW-Authenticate", challenge);
        Problems.write(response, ErrorCode.UNAUTHENTICATED, detail);
    }
}
