package io.worldweave.wire;

/**
 * A text was no JSON that the service takes: it says why, and where.
 *
 * <p>Line and column count from 1, in UTF-16 units; 0 if no place can be named.
 */
@SuppressWarnings("serial")
public final class MalformedJsonException extends RuntimeException {
    private final ErrorCode code;
    private final String reason;
    private final int line;
    private final int column;

    MalformedJsonException(ErrorCode code, String reason, int line, int column) {
        super(line == 0 ? reason : reason + " (line " + line + ", column " + column + ")");
        this.code = code;
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    /** Returns {@code INVALID_JSON}, {@code TOO_LARGE} or {@code TOO_DEEP}. */
    public ErrorCode code() {
        return code;
    }

    /** Returns a sentence without the place, for the one who sent the text. */
    public String reason() {
        return reason;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    /** Not filled in: whoever sends nonsense shall not make the service walk its stack. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
