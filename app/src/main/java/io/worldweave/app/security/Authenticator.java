package io.worldweave.app.security;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Knows one kind of credentials.
 *
 * <p>Thread-safe.
 */
public interface Authenticator {
    /** Returns whom the credential proves, or null if it proves nobody here. */
    @Nullable Identity identify(Credential credential);

    /** Returns whether some credential proves that user now; false ends the user's open streams. */
    boolean knows(UserId user);
}
