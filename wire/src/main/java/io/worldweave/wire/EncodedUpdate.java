package io.worldweave.wire;

/**
 * The text of one {@code world_update}, made once and written to many streams (I10): only the two
 * versions, and what a stream adds at the end, differ from one to the next.
 *
 * <p>Immutable and thread-safe.
 */
public final class EncodedUpdate {
    private static final String BASE = ",\"base_version\":";
    private static final String SNAPSHOT = ",\"snapshot_version\":";
    private static final String CURSOR = ",\"cursor\":";

    private final byte[] prefix;
    private final byte[] suffix;
    private final boolean versioned;

    /**
     * Makes an update of what stands before the versions and after them.
     *
     * @param prefix an object's text from its brace to the end of a member
     * @param suffix the text from the comma after the versions on, without the closing brace
     * @param versioned whether the versions are written at all
     */
    EncodedUpdate(byte[] prefix, byte[] suffix, boolean versioned) {
        this.prefix = prefix;
        this.suffix = suffix;
        this.versioned = versioned;
    }

    /**
     * Appends the update as it is for a stream that gave {@code base} last and then has {@code
     * revision}.
     */
    public void writeTo(Utf8Buffer out, long base, long revision) {
        open(out, base, revision);
        out.append('}');
    }

    /** As {@link #writeTo(Utf8Buffer, long, long)}, with the member {@code cursor}. */
    public void writeTo(Utf8Buffer out, long base, long revision, String cursor) {
        open(out, base, revision);
        out.ascii(CURSOR).quoted(cursor).append('}');
    }

    private void open(Utf8Buffer out, long base, long revision) {
        out.append(prefix);
        if (versioned) {
            out.ascii(BASE).number(base).ascii(SNAPSHOT).number(revision);
        }
        out.append(suffix);
    }

    /** Returns how many bytes are shared by all the streams. */
    public int sharedBytes() {
        return prefix.length + suffix.length;
    }
}
