package io.worldweave.domain.world;

import io.worldweave.domain.user.UserId;

/** A document of a world's state, and so who sees what changes in it. */
public sealed interface Part {
    /** The document that everybody in the world sees. */
    record Shared() implements Part {}

    /** The document that belongs to one player and that nobody else sees. */
    record Own(UserId owner) implements Part {}

    /**
     * What the authors wrote when it was last merged into the world. No view shows it; it is kept
     * so that their next edit can be told from what was done in the world since.
     */
    record Authored() implements Part {}

    Part SHARED = new Shared();

    Part AUTHORED = new Authored();

    static Part own(UserId owner) {
        return new Own(owner);
    }
}
