package io.worldweave.sse;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The media types of requests and answers. */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream;charset=UTF-8";

    /** JSON is UTF-8; that a request says so changes nothing, that it says otherwise does. */
    private static final Pattern JSON_FORM =
            Pattern.compile(
                    "application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
                    Pattern.CASE_INSENSITIVE);

    private static final List<String> EVENT_RANGES = List.of("*/*", "text/*", "text/event-stream");
    private static final Pattern REFUSED = Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)");

    private MediaTypes() {}

    /** Returns whether a body of this type is taken. */
    static boolean isJson(@Nullable String contentType) {
        return contentType != null && JSON_FORM.matcher(contentType.strip()).matches();
    }

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
