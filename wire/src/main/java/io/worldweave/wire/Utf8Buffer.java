package io.worldweave.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are written one after another and can be used again: {@link #clear} keeps the room.
 *
 * <p>Not thread-safe: it belongs to whoever writes one stream.
 */
public final class Utf8Buffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    /** The most bytes that one UTF-16 unit takes up inside a JSON string. */
    private static final int BYTES_PER_CHAR = 6;

    private byte[] bytes;
    private int size;

    public Utf8Buffer(int initialCapacity) {
        bytes = new byte[Math.max(16, initialCapacity)];
    }

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** Gives back the room above {@code capacity}, if what is held leaves it unused. */
    public void trim(int capacity) {
        if (bytes.length > capacity && size <= capacity) {
            bytes = Arrays.copyOf(bytes, capacity);
        }
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Writes all that is held, as one write; blocks as {@code out} does. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    public Utf8Buffer append(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    /** Appends one character of ASCII. */
    public Utf8Buffer append(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** Appends text of ASCII characters only, as it is. */
    public Utf8Buffer ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends a number that is not negative, in decimal. */
    public Utf8Buffer number(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("not a number from 0 on: " + number);
        }
        int digits = 1;
        for (long left = number / 10; left > 0; left /= 10) {
            digits++;
        }
        room(digits);
        size += digits;
        long left = number;
        for (int at = size - 1; at >= size - digits; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return this;
    }

    /**
     * Appends text as a JSON string, in quotes. No line break and no control character is left in
     * it; half of a surrogate pair becomes U+FFFD.
     */
    public Utf8Buffer quoted(String text) {
        room(Math.multiplyExact(text.length(), BYTES_PER_CHAR) + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += beyondAscii(text, i);
            } else if (c == '"' || c == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            } else if (c >= ' ') {
                bytes[size++] = (byte) c;
            } else {
                control(c);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    private void control(char c) {
        bytes[size++] = '\\';
        switch (c) {
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 15];
            }
        }
    }

    /** Appends the character at {@code i} and returns how many units it takes beyond one. */
    private int beyondAscii(String text, int i) {
        int c = text.codePointAt(i);
        if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
        } else if (c < 0x10000) {
            if (Character.isSurrogate((char) c)) {
                append(REPLACEMENT);
                return 0;
            }
            bytes[size++] = (byte) (0xE0 | (c >> 12));
            bytes[size++] = continuation(c >> 6);
        } else {
            bytes[size++] = (byte) (0xF0 | (c >> 18));
            bytes[size++] = continuation(c >> 12);
            bytes[size++] = continuation(c >> 6);
        }
        bytes[size++] = continuation(c);
        return Character.charCount(c) - 1;
    }

    private static byte continuation(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - 8L);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
        }
    }
}
