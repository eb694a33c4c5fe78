package io.worldweave.app.security;

import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Locale;

/** A request whose credentials prove who makes it: that is its principal, with its roles. */
final class IdentifiedRequest extends HttpServletRequestWrapper {
    private final IdentityPrincipal principal;

    IdentifiedRequest(HttpServletRequest request, Identity identity) {
        super(request);
        this.principal = new IdentityPrincipal(identity);
    }

    /** A user as the container knows users. */
    record IdentityPrincipal(Identity identity) implements Principal {
        @Override
        public String getName() {
            return identity.user().value();
        }
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal.getName();
    }

    @Override
    public String getAuthType() {
        return "API-KEY";
    }

    @Override
    public boolean isUserInRole(String name) {
        for (Role role : principal.identity().roles()) {
            if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
                return true;
            }
        }
        return false;
    }
}
