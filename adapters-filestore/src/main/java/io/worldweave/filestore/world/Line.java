package io.worldweave.filestore.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Rejection;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.JsonWriter;
import io.worldweave.wire.MalformedJsonException;
import io.worldweave.wire.ReadLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * One line of a journal: a JSON object whose last member, {@code crc32c}, is the checksum of the
 * bytes before it, and whose {@code previous} is that of the line before. So a line that was
 * changed, lost or moved is noticed, and jq reads what is there.
 *
 * @param object without the checksum
 * @param checksum eight hexadecimal digits
 */
record Line(JsonObject object, String checksum) {
    /** No line is longer. */
    static final int BYTES_LIMIT = 256 * 1024 * 1024;

    private static final String CHECKSUM = ",\"crc32c\":\"";
    private static final int TAIL = CHECKSUM.length() + 8 + "\"}".length();
    private static final JsonReader JSON =
            JsonReader.withLimits(
                    new ReadLimits(
                            BYTES_LIMIT,
                            ReadLimits.MAX_DEPTH,
                            BYTES_LIMIT,
                            BYTES_LIMIT,
                            ReadLimits.FILE.numberChars()));

    /** A line as it goes to the file, line end included. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sealed(byte[] bytes, String checksum) {}

    /**
     * Returns the bytes of the line after the one with the checksum {@code previous}. They have
     * been read to see that they can be: what is acknowledged must be there after the next start,
     * and a read costs little beside the disk.
     *
     * @param bytesLimit how long the line may be
     */
    static Sealed seal(JsonObject object, String previous, int bytesLimit)
            throws UnreadableLineException {
        byte[] json = JsonWriter.compact(object.with("previous", Json.of(previous)));
        int body = json.length - 1;
        if (body + TAIL > bytesLimit) {
            throw new UnreadableLineException(
                    new Rejection.TooLarge(
                            Pointer.ROOT,
                            "a line of the journal has at most " + bytesLimit + " bytes"));
        }
        try {
            JSON.readObject(json);
        } catch (MalformedJsonException unreadable) {
            throw new UnreadableLineException(
                    new Rejection.WrongKind(
                            Pointer.ROOT, "it could not be read again: " + unreadable.reason()));
        }
        String checksum = checksum(json, body);
        byte[] bytes = Arrays.copyOf(json, body + TAIL + 1);
        System.arraycopy(tail(checksum), 0, bytes, body, TAIL);
        bytes[body + TAIL] = '\n';
        return new Sealed(bytes, checksum);
    }

    /**
     * Reads a line without its end.
     *
     * @throws IllegalArgumentException if it is not as it was sealed
     */
    static Line open(byte[] bytes) {
        int body = bytes.length - TAIL;
        if (body < 1) {
            throw new IllegalArgumentException("the line is too short");
        }
        String checksum = checksum(bytes, body);
        if (!Arrays.equals(bytes, body, bytes.length, tail(checksum), 0, TAIL)) {
            throw new IllegalArgumentException("the checksum does not match");
        }
        byte[] json = Arrays.copyOf(bytes, body + 1);
        json[body] = '}';
        try {
            return new Line(JSON.readObject(json), checksum);
        } catch (MalformedJsonException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    /** Returns whether these are the bytes of a line, without its end, as it was sealed. */
    static boolean isWhole(byte[] bytes) {
        try {
            return !open(bytes).checksum().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /**
     * Returns where the line that begins at {@code from} ends: its line end, or that of the file.
     */
    static int end(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /**
     * Returns what the checksum of the line between two places should be, if what stands before its
     * checksum is as it was written.
     */
    static String checksum(byte[] bytes, int from, int end) {
        return end - from < TAIL
                ? ""
                : checksum(Arrays.copyOfRange(bytes, from, end - TAIL), end - from - TAIL);
    }

    /** Returns the end of a line, from its checksum on. */
    static byte[] tail(String checksum) {
        return (CHECKSUM + checksum + "\"}").getBytes(StandardCharsets.US_ASCII);
    }

    private static String checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
