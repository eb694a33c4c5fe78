package io.worldweave.app.http;

import io.worldweave.wire.ErrorCode;
import jakarta.ws.rs.core.EntityTag;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a header {@code If-Match} or {@code If-None-Match} names (RFC 9110).
 *
 * @param any whether whatever stands there will do
 * @param tags in the order of the header
 */
record TagCondition(boolean any, List<EntityTag> tags) {
    private static final Pattern TAG =
            Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e]{0,200})\"\\s*(,|$)");

    TagCondition {
        tags = List.copyOf(tags);
    }

    /** Reads the header {@code name}, or returns null if it is not there. */
    static @Nullable TagCondition of(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        if (value.strip().equals("*")) {
            return new TagCondition(true, List.of());
        }
        List<EntityTag> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(value);
        int end = 0;
        while (end < value.length() && matcher.find(end) && matcher.start() == end) {
            tags.add(new EntityTag(matcher.group(2), matcher.group(1) != null));
            end = matcher.end();
        }
        if (end < value.length() || value.isBlank()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST, name + " is * or a list of entity tags in quotes.");
        }
        return new TagCondition(false, tags);
    }

    /** Returns whether a strong tag is named; weak ones never match. */
    boolean namesStrongly(EntityTag tag) {
        return any || tags.contains(tag);
    }

    /** Returns whether a tag is named, as a weak one or a strong one. */
    boolean namesWeakly(EntityTag tag) {
        return any || tags.stream().anyMatch(named -> named.getValue().equals(tag.getValue()));
    }
}
