package io.worldweave.wire;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The media types that bodies of requests have. */
public final class JsonMediaType {
    /** That of most requests, and of all answers. */
    public static final String NAME = "application/json";

    /** That of a patch by operations (RFC 6902). */
    public static final String PATCH = "application/json-patch+json";

    /** That of a patch that is merged in (RFC 7396). */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    /** What the sender of another one than {@link #NAME} is told. */
    public static final String ONLY =
            "A body is application/json in UTF-8, and says so in Content-Type.";

    /** JSON is UTF-8; that a request says so changes nothing, that it says otherwise does. */
    private static final Pattern FORM =
            Pattern.compile(
                    "([^\\s;]+)\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
                    Pattern.CASE_INSENSITIVE);

    private JsonMediaType() {}

    /** Returns whether a body of this type is taken as {@link #NAME}. */
    public static boolean admits(@Nullable String contentType) {
        return NAME.equals(essence(contentType));
    }

    /**
     * Returns the type without its parameters, in lower case; null if there is none, or a parameter
     * that says something else than that the body is UTF-8.
     */
    public static @Nullable String essence(@Nullable String contentType) {
        Matcher matcher = FORM.matcher(contentType == null ? "" : contentType.strip());
        return matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
    }
}
