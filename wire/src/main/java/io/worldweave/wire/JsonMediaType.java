package io.worldweave.wire;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one media type that bodies of requests have. */
public final class JsonMediaType {
    /** It, as an answer says it. */
    public static final String NAME = "application/json";

    /** What the sender of another one is told. */
    public static final String ONLY =
            "A body is application/json in UTF-8, and says so in Content-Type.";

    /** JSON is UTF-8; that a request says so changes nothing, that it says otherwise does. */
    private static final Pattern FORM =
            Pattern.compile(
                    "application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
                    Pattern.CASE_INSENSITIVE);

    private JsonMediaType() {}

    /** Returns whether a body of this type is taken. */
    public static boolean admits(@Nullable String contentType) {
        return contentType != null && FORM.matcher(contentType.strip()).matches();
    }
}
