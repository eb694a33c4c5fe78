package io.worldweave.app.http;

import io.worldweave.wire.ErrorCode;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The condition that a header {@code If-Match} states (RFC 9110): weak tags never match.
 *
 * @param any whether whatever stands there will do
 * @param tags strong tags without their quotes
 */
record IfMatch(boolean any, Set<String> tags) {
    private static final Pattern TAG =
            Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e]{0,200})\"\\s*(,|$)");

    /** Reads the header; none is a condition that always holds. */
    static IfMatch of(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return new IfMatch(true, Set.of());
        }
        Set<String> tags = new HashSet<>();
        Matcher matcher = TAG.matcher(header);
        int end = 0;
        while (end < header.length() && matcher.find(end) && matcher.start() == end) {
            if (matcher.group(1) == null) {
                tags.add(matcher.group(2));
            }
            end = matcher.end();
        }
        if (end < header.length() || header.isBlank()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, "If-Match is * or a list of entity tags in quotes.");
        }
        return new IfMatch(false, tags);
    }

    boolean holds(String tag) {
        return any || tags.contains(tag);
    }
}
