package io.worldweave.app.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credentials of a request: a header, or where a client can set none, a subprotocol or
 * the query.
 */
final class Credentials {
    /** The header that a bare key comes in. */
    static final String KEY_HEADER = "x-api-key";

    private static final String BEARER = "bearer ";
    private static final String QUERY = "token=";
    private static final String SUBPROTOCOL = "worldweave.bearer.";

    /** What a request shows. */
    sealed interface Shown {
        record Nothing() implements Shown {}

        /** Something that cannot be a credential, or more than one. */
        record Unusable(String reason) implements Shown {}

        record One(Credential credential) implements Shown {}
    }

    private Credentials() {}

    static Shown of(HttpServletRequest request) {
        Set<String> texts = new HashSet<>();
        texts.addAll(Collections.list(request.getHeaders(KEY_HEADER)));
        for (String header : Collections.list(request.getHeaders("Authorization"))) {
            if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
                return new Shown.Unusable("Authorization is \"Bearer\" and a credential");
            }
            texts.add(header.substring(BEARER.length()).strip());
        }
        try {
            texts.addAll(inQuery(request.getQueryString()));
        } catch (IllegalArgumentException malformed) {
            return new Shown.Unusable("the query is not encoded as a URL is");
        }
        try {
            texts.addAll(inSubprotocols(request));
        } catch (IllegalArgumentException malformed) {
            return new Shown.Unusable("the subprotocol does not end with base64url");
        }
        if (texts.isEmpty()) {
            return new Shown.Nothing();
        }
        if (texts.size() > 1) {
            return new Shown.Unusable("the request shows credentials that differ");
        }
        String text = texts.iterator().next();
        return text.isEmpty() || text.length() > Credential.LENGTH_LIMIT
                ? new Shown.Unusable(
                        "a credential has 1 to " + Credential.LENGTH_LIMIT + " characters")
                : new Shown.One(new Credential(text, Loopback.isLocal(request)));
    }

    /**
     * A browser's {@code WebSocket} can set one header, whose words are made of few characters: so
     * the credential is encoded.
     */
    private static List<String> inSubprotocols(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(String::strip)
                .filter(word -> word.startsWith(SUBPROTOCOL))
                .map(word -> Base64.getUrlDecoder().decode(word.substring(SUBPROTOCOL.length())))
                .map(text -> new String(text, StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * Reads the query by itself: {@code getParameter} would read a form's body, which is for
     * others.
     */
    private static List<String> inQuery(@Nullable String query) {
        return query == null
                ? List.of()
                : List.of(query.split("&")).stream()
                        .filter(parameter -> parameter.startsWith(QUERY))
                        .map(parameter -> parameter.substring(QUERY.length()))
                        .map(text -> URLDecoder.decode(text, StandardCharsets.UTF_8))
                        .toList();
    }
}
