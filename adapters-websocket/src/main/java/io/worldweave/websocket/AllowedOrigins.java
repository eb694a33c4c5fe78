package io.worldweave.websocket;

import java.util.Locale;
import java.util.Set;

/**
 * The web pages whose scripts may open sessions: those that the service itself serves, and those of
 * a list.
 *
 * @param origins as browsers write them, such as {@code https://play.example.com}, in lower case; a
 *     {@code *} among them allows every page
 */
public record AllowedOrigins(Set<String> origins) {
    private static final String ANY = "*";

    public AllowedOrigins {
        origins = Set.copyOf(origins);
    }

    /**
     * Returns whether a page of that origin may.
     *
     * @param own the service's own, as the request reached it
     */
    boolean admits(String origin, String own) {
        String page = origin.toLowerCase(Locale.ROOT);
        return origins.contains(ANY) || origins.contains(page) || page.equals(own);
    }
}
