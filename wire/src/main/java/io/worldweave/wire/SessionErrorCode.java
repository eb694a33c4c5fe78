package io.worldweave.wire;

import java.util.Locale;

/**
 * The codes of {@code error} messages of a session, which stays open. A message is answered with
 * one of these; what a turn or a close says is of {@link ErrorCode}.
 */
public enum SessionErrorCode {
    INVALID_JSON("The text is not JSON as this service takes it, or no object"),
    MISSING_TYPE("The message has no type"),
    MISSING_ACTION("The action message names no action"),
    UNKNOWN_MESSAGE_TYPE("There is no message of this type"),
    PROCESSING_ERROR("The message could not be acted on; the text says why"),
    NOT_IMPLEMENTED("This service does not offer that");

    private final String title;

    SessionErrorCode(String title) {
        this.title = title;
    }

    /** Returns the code as clients see it, such as {@code missing_type}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what the code means, the same for each occurrence. */
    public String title() {
        return title;
    }
}
