package io.worldweave.wire;

/**
 * Thrown inside this package only, to leave the encoding of a projection; {@link WorldUpdateJson}
 * turns it into an {@link Encoding.Inexpressible}.
 */
@SuppressWarnings("serial")
final class InexpressibleException extends RuntimeException {
    InexpressibleException(String reason) {
        super(reason, null, false, false);
    }
}
