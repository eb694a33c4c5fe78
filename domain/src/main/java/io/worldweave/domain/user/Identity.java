package io.worldweave.domain.user;

import java.util.Set;

/** Who somebody is and may be, as the credentials prove it and nothing else. */
public record Identity(UserId user, Set<Role> roles) {
    public Identity {
        roles = Set.copyOf(roles);
    }

    public boolean isAdmin() {
        return roles.contains(Role.ADMIN);
    }

    /** Returns whether this identity may write to a world from outside. */
    public boolean mayPublish() {
        return isAdmin() || roles.contains(Role.PUBLISHER);
    }
}
