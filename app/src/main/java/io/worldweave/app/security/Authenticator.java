package io.worldweave.app.security;

import io.worldweave.domain.user.Identity;
import org.jspecify.annotations.Nullable;

/**
 * Knows one kind of credentials.
 *
 * <p>Thread-safe.
 */
public interface Authenticator {
    /** Returns whom the credential proves, or null if it proves nobody here. */
    @Nullable Identity identify(Credential credential);
}
