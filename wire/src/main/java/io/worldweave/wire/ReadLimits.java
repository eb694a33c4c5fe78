package io.worldweave.wire;

/**
 * How much a {@link JsonReader} takes in before it refuses.
 *
 * @param bytes length of the whole text
 * @param depth objects and arrays inside each other, the outermost included
 * @param stringChars length of one string, in UTF-16 units
 * @param nameChars length of one member name, in UTF-16 units
 * @param numberChars length of one number as it is written
 */
public record ReadLimits(int bytes, int depth, int stringChars, int nameChars, int numberChars) {
    /** What reading may recurse to, whoever asks. */
    public static final int MAX_DEPTH = 256;

    /** What a client may send. */
    public static final ReadLimits REQUEST = new ReadLimits(64 * 1024, 32, 64 * 1024, 1024, 100);

    /** What a file of the service or of an author may hold. */
    public static final ReadLimits FILE =
            new ReadLimits(256 * 1024 * 1024, 128, 16 * 1024 * 1024, 4 * 1024, 100);

    public ReadLimits {
        positive("bytes", bytes);
        positive("depth", depth);
        positive("stringChars", stringChars);
        positive("nameChars", nameChars);
        positive("numberChars", numberChars);
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("depth is at most " + MAX_DEPTH + ", not " + depth);
        }
    }

    private static void positive(String name, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException(name + " is at least 1, not " + limit);
        }
    }

    /** Returns these limits with another length of the whole text; strings may be as long. */
    public ReadLimits withBytes(int otherBytes) {
        return new ReadLimits(otherBytes, depth, otherBytes, nameChars, numberChars);
    }
}
