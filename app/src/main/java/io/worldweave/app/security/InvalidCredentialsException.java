package io.worldweave.app.security;

import java.io.Serial;
import java.nio.file.Path;
import java.util.List;

/**
 * A credentials file cannot be used; the message says where it is wrong, and nothing of its keys.
 */
public final class InvalidCredentialsException extends RuntimeException {
    /** No message lists more problems than this. */
    static final int LISTED_LIMIT = 10;

    @Serial private static final long serialVersionUID = 1L;

    InvalidCredentialsException(Path file, List<String> problems) {
        super(
                file
                        + ": "
                        + String.join(
                                "; ", problems.subList(0, Math.min(LISTED_LIMIT, problems.size())))
                        + ".");
    }
}
