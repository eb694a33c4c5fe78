package io.worldweave.domain.user;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A user id as one word of {@code A-Z a-z 0-9 _ - %}, for names of files and subjects: every other
 * byte of its UTF-8 is written {@code %XX}. Distinct ids have distinct tokens.
 */
public final class UserToken {
    private static final String HEX = "0123456789ABCDEF";

    private UserToken() {}

    public static String encode(UserId user) {
        StringBuilder token = new StringBuilder();
        for (byte b : user.value().getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                token.append((char) b);
            } else {
                token.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        return token.toString();
    }

    /**
     * Returns the user id of which {@link #encode} makes {@code token}; any other text is an {@link
     * IllegalArgumentException}.
     */
    public static UserId decode(String token) {
        UserId user = new UserId(text(token));
        if (!encode(user).equals(token)) {
            throw new IllegalArgumentException("not how a user id is written: " + token);
        }
        return user;
    }

    private static String text(String token) {
        byte[] bytes = new byte[token.length()];
        int length = 0;
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) == '%') {
                bytes[length++] = (byte) (16 * digit(token, i + 1) + digit(token, i + 2));
                i += 2;
            } else {
                bytes[length++] = (byte) token.charAt(i);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new IllegalArgumentException("not UTF-8 when decoded: " + token, malformed);
        }
    }

    private static int digit(String token, int index) {
        int value = index < token.length() ? HEX.indexOf(token.charAt(index)) : -1;
        if (value < 0) {
            throw new IllegalArgumentException(
                    "'%' is followed by two of " + HEX + " in a token: " + token);
        }
        return value;
    }

    private static boolean isPlain(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_'
                || b == '-';
    }
}
