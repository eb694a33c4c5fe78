package io.worldweave.filestore.world;

import io.worldweave.domain.world.Rejection;
import java.io.Serial;

/** A line would not be read again if it were written. It was not. */
final class UnreadableLineException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    UnreadableLineException(Rejection rejection) {
        super(rejection.reason());
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
