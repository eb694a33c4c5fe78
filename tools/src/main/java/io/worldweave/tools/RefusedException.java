package io.worldweave.tools;

import java.io.Serial;

/** A command is not carried out, for a reason that its user can do something about. */
final class RefusedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String reason) {
        super(reason);
        this.status = status;
    }

    int status() {
        return status;
    }
}
