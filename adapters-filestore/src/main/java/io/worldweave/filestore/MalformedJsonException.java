package io.worldweave.filestore;

/** Says where JSON text is not well formed. */
public final class MalformedJsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedJsonException(String m) {
        super(m);
    }
}
