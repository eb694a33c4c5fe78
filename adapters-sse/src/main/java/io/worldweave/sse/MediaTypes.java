package io.worldweave.sse;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The media types of answers. */
final class MediaTypes {
    static final String EVENTS = "text/event-stream;charset=UTF-8";

    private static final List<String> EVENT_RANGES = List.of("*/*", "text/*", "text/event-stream");
    private static final Pattern REFUSED = Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)");

    private MediaTypes() {}

    /**
     * Returns whether the client takes server-sent events: unless it says what it takes, it does.
     */
    static boolean admitsEvents(Enumeration<String> accept) {
        List<String> accepted = Collections.list(accept);
        return accepted.isEmpty() || ranges(accepted).anyMatch(MediaTypes::isEventRange);
    }

    private static Stream<String> ranges(List<String> headers) {
        return headers.stream().flatMap(header -> Stream.of(header.split(",", -1)));
    }

    private static boolean isEventRange(String range) {
        String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return EVENT_RANGES.contains(type) && !REFUSED.matcher(range).find();
    }
}
