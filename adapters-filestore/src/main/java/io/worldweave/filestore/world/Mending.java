package io.worldweave.filestore.world;

import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.stored.Fields;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Mends lines of a segment of which two witnesses say what they were.
 *
 * <p>A line's checksum stands in it and, as {@code previous}, in the line after it, which has a
 * checksum of its own. So a line whose own checksum was damaged is known to be whole by the next
 * one. And a first line is known in full where the segments before it lead to the same state, if
 * that makes a line with the checksum that the next line names, or one that differs from what is
 * there in its state alone or in its checksum alone.
 *
 * @param leading gives the state to which the segments before lead at a revision, or null
 */
record Mending(WorldId world, Path file, LongFunction<@Nullable WorldState> leading) {
    /** So many lines of a segment are mended; one with more damage wants a look. */
    private static final int LIMIT = 1_000;

    /** Returns the segment as it was written, the same if it is whole, or null if nobody knows. */
    byte @Nullable [] mended(byte[] bytes) {
        byte[] present = bytes;
        for (int i = 0; i < LIMIT; i++) {
            try {
                SegmentContent.read(file, world, present);
                return present;
            } catch (DamagedJournalException damage) {
                byte[] better = mended(present, damage);
                if (better == null || Arrays.equals(better, present)) {
                    return null;
                }
                present = better;
            }
        }
        return null;
    }

    private byte @Nullable [] mended(byte[] bytes, DamagedJournalException damage) {
        byte[] better = withItsChecksum(bytes, (int) damage.at());
        return better == null && damage.line() == 1 ? withItsState(bytes) : better;
    }

    /** Gives the line at {@code from} the checksum that it should have, if the next one says so. */
    private static byte @Nullable [] withItsChecksum(byte[] bytes, int from) {
        int end = Line.end(bytes, from);
        String checksum = Line.checksum(bytes, from, end);
        if (checksum.isEmpty() || !isNamed(bytes, end + 1, checksum)) {
            return null;
        }
        byte[] tail = Line.tail(checksum);
        byte[] better = bytes.clone();
        System.arraycopy(tail, 0, better, end - tail.length, tail.length);
        return better;
    }

    /** Puts the state to which the segments before lead in the place of the first line. */
    private byte @Nullable [] withItsState(byte[] bytes) {
        WorldState state = leading.apply(JournalFolder.revision(file));
        if (state == null) {
            return null;
        }
        Line.Sealed line;
        try {
            line = Segment.firstLine(world, state, Line.BYTES_LIMIT);
        } catch (UnreadableLineException _) {
            return null;
        }
        int length = line.bytes().length;
        if (bytes.length < length) {
            return null;
        }
        boolean proved =
                isNamed(bytes, length, line.checksum()) || differsInOneOfTwo(bytes, line.bytes());
        if (!proved) {
            return null;
        }
        byte[] better = bytes.clone();
        System.arraycopy(line.bytes(), 0, better, 0, length);
        return better;
    }

    /** Returns whether the line at {@code from} is whole and names this checksum as the last. */
    private static boolean isNamed(byte[] bytes, int from, String checksum) {
        int end = from < bytes.length ? Line.end(bytes, from) : bytes.length;
        if (end >= bytes.length) {
            return false;
        }
        try {
            Line next = Line.open(Arrays.copyOfRange(bytes, from, end));
            return Fields.text(next.object(), "previous").equals(checksum);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Returns whether of the first line the state or the checksum stands there as it should. */
    private static boolean differsInOneOfTwo(byte[] bytes, byte[] line) {
        int tail = line.length - 1 - Line.tail("00000000").length;
        return Arrays.equals(bytes, 0, tail, line, 0, tail)
                || Arrays.equals(bytes, tail, line.length, line, tail, line.length);
    }
}
