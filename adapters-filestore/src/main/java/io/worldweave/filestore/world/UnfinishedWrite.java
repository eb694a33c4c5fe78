package io.worldweave.filestore.world;

import io.worldweave.domain.world.Position;
import io.worldweave.wire.stored.Fields;
import java.util.Arrays;

/** Tells what a power loss leaves of the last write to a segment from every other damage. */
final class UnfinishedWrite {
    /** A disk writes so many bytes as a whole, or a multiple of them. */
    private static final int SECTOR = 512;

    private UnfinishedWrite() {}

    /**
     * Returns whether the bytes from {@code at} on can be what is left of the batch after the one
     * that ended at {@code kept}.
     *
     * @param write where the batch begins; what stands between there and {@code at} is whole
     */
    static boolean isThatAfter(Position kept, byte[] bytes, int write, int at) {
        for (int from = at; from < bytes.length; ) {
            int end = Line.end(bytes, from);
            boolean possible =
                    end == bytes.length
                            ? !hasAnotherEnd(bytes, from)
                            : lacksSectors(bytes, write, from, end)
                                    || isOfTheBatch(kept, bytes, from, end);
            if (!possible) {
                return false;
            }
            from = end + 1;
        }
        return true;
    }

    /**
     * Returns whether the last line is whole but for its end, in whose place something else stands:
     * a write that was cut short has nothing there, or zero.
     */
    private static boolean hasAnotherEnd(byte[] bytes, int from) {
        int end = bytes.length - 1;
        return bytes[end] != 0 && Line.isWhole(Arrays.copyOfRange(bytes, from, end));
    }

    /**
     * Returns whether sectors are missing in the line: it holds zeros, and wherever they stand they
     * reach from the beginning of a sector, or of the write, to the end of a sector.
     */
    private static boolean lacksSectors(byte[] bytes, int write, int from, int end) {
        boolean lacks = false;
        int at = from;
        while (at < end) {
            int zeros = at;
            while (at < end && bytes[at] == 0) {
                at++;
            }
            if (at > zeros) {
                lacks = true;
                if ((zeros != write && zeros % SECTOR != 0) || at % SECTOR != 0) {
                    return false;
                }
            } else {
                at++;
            }
        }
        return lacks;
    }

    private static boolean isOfTheBatch(Position kept, byte[] bytes, int from, int end) {
        try {
            Line line = Line.open(Arrays.copyOfRange(bytes, from, end));
            return Fields.number(line.object(), "batch") == kept.revision()
                    && Fields.text(line.object(), "epoch").equals(kept.epoch());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
