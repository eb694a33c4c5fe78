package io.worldweave.domain.command;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences with placeholders such as {@code {item}}, and lists as one says them. */
final class Texts {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]{1,32})\\}");

    private Texts() {}

    /**
     * Returns {@code text} with each placeholder replaced by its value, in one pass: what a value
     * holds is never taken for a placeholder. One without a value is left out.
     */
    static String fill(String text, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(
                        found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), "")));
    }

    /** Returns {@code a, b and c}, or {@code none} if there is nothing to list. */
    static String list(List<String> names, String last, String none) {
        if (names.isEmpty()) {
            return none;
        }
        if (names.size() == 1) {
            return names.getFirst();
        }
        return String.join(", ", names.subList(0, names.size() - 1))
                + " "
                + last
                + " "
                + names.getLast();
    }
}
