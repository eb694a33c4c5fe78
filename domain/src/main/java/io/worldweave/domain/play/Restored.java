package io.worldweave.domain.play;

import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;

/** What became of a world that was to begin anew. */
public sealed interface Restored {
    /** It began anew there. */
    record Done(Position begin) implements Restored {}

    /** It cannot begin with such a state; nothing changed. */
    record Refused(Rejection rejection) implements Restored {}
}
