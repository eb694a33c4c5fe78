package io.worldweave.domain.world;

import io.worldweave.domain.user.UserId;

/** Who caused a delta. */
public sealed interface Actor {
    /** A user, by a command or by writing. */
    record User(UserId id) implements Actor {}

    /** The service itself, such as {@code schedule} or {@code author}. */
    record Service(String name) implements Actor {}

    static Actor of(UserId id) {
        return new User(id);
    }
}
