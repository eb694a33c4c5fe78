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
}
