package io.worldweave.domain.live;

import io.worldweave.domain.user.UserId;

/** What one stream shows. */
public sealed interface View {
    UserId viewer();

    /** Returns the word for this kind of view, as clients say it. */
    String name();

    /** The shared document and the viewer's own part. */
    record World(UserId viewer) implements View {
        @Override
        public String name() {
            return "world";
        }
    }

    /**
     * The zone where the viewer is, as {@link io.worldweave.domain.zone.Zones#of} says, and the
     * viewer's own part; that alone where it is nowhere.
     */
    record Zone(UserId viewer) implements View {
        @Override
        public String name() {
            return "zone";
        }
    }
}
