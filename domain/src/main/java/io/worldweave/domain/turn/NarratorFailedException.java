package io.worldweave.domain.turn;

import java.io.Serial;
import java.time.Duration;

/** A narrator can say no more. */
public final class NarratorFailedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The model has too much to do just now. */
        BUSY(true),
        /** The model said that it failed. */
        FAULT(true),
        /** No connection came about. */
        UNREACHABLE(true),
        /** The connection broke off before the end. */
        CUT_OFF(true),
        /** The model said what cannot be read. */
        MALFORMED(true),
        /** The model does not do what is asked: a wrong key, an unknown model. */
        REFUSED(false),
        /** The model wrote more than it may. */
        TOO_LONG(false),
        /** The model wrote nothing at all. */
        EMPTY(false),
        /** Nothing came for too long. */
        SILENT(false),
        /** Anything else. */
        UNKNOWN(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Returns whether it may be better the next time. */
        public boolean isPassing() {
            return passing;
        }
    }

    private final Kind kind;
    private final Duration pause;

    public NarratorFailedException(Kind kind, String message, Throwable cause) {
        this(kind, Duration.ZERO, message, cause);
    }

    /**
     * Makes one.
     *
     * @param pause how long the model wants to be left alone
     */
    public NarratorFailedException(Kind kind, Duration pause, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.pause = pause;
    }

    /** Returns the kind of {@code failure}, whatever it is. */
    public static Kind kindOf(Throwable failure) {
        return failure instanceof NarratorFailedException known ? known.kind() : Kind.UNKNOWN;
    }

    public Kind kind() {
        return kind;
    }

    public Duration pause() {
        return pause;
    }
}
