package io.worldweave.domain.play;

import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.Rejection;

/** What became of an update that was published to a world. */
public sealed interface Published {
    /**
     * The world is as the update wants it.
     *
     * @param position the world that shows it
     * @param document the last position that changed the shared document
     * @param changed false if it was so before: then there is no new revision
     */
    record Done(Position position, Position document, boolean changed) implements Published {}

    /** The document is not the one that the update was made for; nothing changed. */
    record Outdated() implements Published {}

    /** The update cannot be applied; nothing changed. */
    record Refused(Rejection rejection) implements Published {}

    /** The update would write what belongs to the service; nothing changed. */
    record Reserved(Pointer pointer) implements Published {}
}
