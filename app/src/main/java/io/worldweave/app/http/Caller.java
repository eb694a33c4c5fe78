package io.worldweave.app.http;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import io.worldweave.wire.ErrorCode;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who makes a request, and for whom. */
final class Caller {
    private Caller() {}

    static Identity of(SecurityContext security) {
        Principal principal = security.getUserPrincipal();
        if (principal == null) {
            throw new ProblemException(ErrorCode.UNAUTHENTICATED, "This needs an API key.");
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (security.isUserInRole(role.name().toLowerCase(Locale.ROOT))) {
                roles.add(role);
            }
        }
        return new Identity(new UserId(principal.getName()), roles);
    }

    /**
     * Returns whose world is meant: the named user's, which only an admin may name, or the caller's
     * own.
     */
    static UserId meant(Identity caller, @Nullable String named) {
        if (named == null || named.equals(caller.user().value())) {
            return caller.user();
        }
        if (!caller.isAdmin()) {
            throw new ProblemException(ErrorCode.FORBIDDEN, "Only an admin may name another user.");
        }
        try {
            return new UserId(named);
        } catch (IllegalArgumentException wrong) {
            throw new ProblemException(
                    ErrorCode.INVALID_ID, "The user is not one: " + wrong.getMessage() + ".");
        }
    }
}
