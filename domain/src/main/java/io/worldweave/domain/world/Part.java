package io.worldweave.domain.world;

import io.worldweave.domain.user.UserId;

/** A document of a world's state, and so who sees what changes in it. */
public sealed interface Part {
    /** The document that everybody in the world sees. */
    record Shared() implements Part {}

    /** The document that belongs to one player and that nobody else sees. */
    record Own(UserId owner) implements Part {}

    Part SHARED = new Shared();

    static Part own(UserId owner) {
        return new Own(owner);
    }
}
