package io.worldweave.app.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What somebody shows to prove who they are. It is never logged: {@link #toString} hides it.
 *
 * @param text of 1 to {@link #LENGTH_LIMIT} characters
 * @param local whether it came from this machine, to this machine, with nothing in between
 */
public record Credential(String text, boolean local) {
    /** Room for a signed token; a longer text proves nothing. */
    public static final int LENGTH_LIMIT = 8_192;

    public Credential {
        if (text.isEmpty() || text.length() > LENGTH_LIMIT) {
            throw new IllegalArgumentException(
                    "a credential has 1 to " + LENGTH_LIMIT + " characters");
        }
    }

    /** Returns the SHA-256 of the text, in lower-case hexadecimal. */
    String sha256() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "Credential[" + (local ? "local" : "remote") + "]";
    }
}
