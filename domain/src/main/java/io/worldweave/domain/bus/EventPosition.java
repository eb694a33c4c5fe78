package io.worldweave.domain.bus;

/**
 * A place in what is kept of other programs' events, all users together.
 *
 * @param log which log it is a place in, and which life of it: one that was lost and made anew has
 *     another name
 * @param sequence how many events the log had then; a later event has a higher one
 */
public record EventPosition(String log, long sequence) {
    /** The longest name of a log. */
    public static final int LOG_LIMIT = 128;

    public EventPosition {
        if (log.isEmpty() || log.length() > LOG_LIMIT || sequence < 0) {
            throw new IllegalArgumentException("no place in a log: " + log + " " + sequence);
        }
    }

    /** Returns another place in the same log. */
    public EventPosition at(long other) {
        return new EventPosition(log, other);
    }
}
