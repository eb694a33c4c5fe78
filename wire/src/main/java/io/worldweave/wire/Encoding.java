package io.worldweave.wire;

/** What a version of the protocol makes of a projection. */
public sealed interface Encoding {
    /** A {@code world_update} that takes the client from the old state to the new one. */
    record Encoded(EncodedUpdate update) implements Encoding {}

    /**
     * The version has no words for it: the client is to be sent a snapshot in its place.
     *
     * @param reason for logs and counters
     */
    record Inexpressible(String reason) implements Encoding {}
}
