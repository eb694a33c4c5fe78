package io.worldweave.narrator;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that fails when it is longer than it may be. Not thread-safe, but for closing. */
final class LimitedBody extends FilterInputStream {
    /** Says that there was more. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long limit) {
            super("the model sent more than " + limit + " bytes");
        }
    }

    private final long limit;
    private long left;

    LimitedBody(InputStream body, long limit) {
        super(body);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int more) throws IOException {
        left -= more;
        if (left < 0) {
            throw new TooLongException(limit);
        }
    }
}
