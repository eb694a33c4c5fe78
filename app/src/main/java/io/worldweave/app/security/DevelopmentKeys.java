package io.worldweave.app.security;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keys that everybody knows, for trying the service out on one's own machine.
 *
 * <p>They prove nothing once there is a credentials file, and nothing to whoever comes from
 * elsewhere. Thread-safe.
 */
public final class DevelopmentKeys implements Authenticator {
    private static final Map<String, Identity> KEYS =
            Map.of(
                    "demo-alice", identity("alice", Role.PLAYER),
                    "demo-bob", identity("bob", Role.PLAYER),
                    "demo-admin", identity("admin", Role.ADMIN));

    private final BooleanSupplier enabled;

    /**
     * @param enabled asked each time whether they count
     */
    public DevelopmentKeys(BooleanSupplier enabled) {
        this.enabled = enabled;
    }

    @Override
    public @Nullable Identity identify(Credential credential) {
        return credential.local() && enabled.getAsBoolean() ? KEYS.get(credential.text()) : null;
    }

    @Override
    public boolean knows(UserId user) {
        return enabled.getAsBoolean()
                && KEYS.values().stream().anyMatch(identity -> identity.user().equals(user));
    }

    private static Identity identity(String user, Role role) {
        return new Identity(new UserId(user), EnumSet.of(Role.PLAYER, role));
    }
}
