package io.worldweave.filestore.world;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import io.worldweave.wire.stored.DeltaJson;
import io.worldweave.wire.stored.Fields;
import io.worldweave.wire.stored.StateJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands in a segment, up to the last batch that is there as a whole.
 *
 * <p>A batch is acknowledged when the disk was forced, and forcing it forces all that stands before
 * it; the next batch is written after that. So a crash or a power loss can damage the last batch
 * only, and only if nobody was told that it was made. Of it the disk may have any sectors, the
 * later without the earlier: what was not written is missing at the end of the file, or is zeros,
 * which stand in no line of JSON. What follows the last whole batch therefore is an {@linkplain
 * UnfinishedWrite unfinished write} and dropped, if
 *
 * <ul>
 *   <li>each line of it that is damaged lacks its end, or whole sectors, and
 *   <li>each line of it that is whole belongs to the batch that begins where the last whole one
 *       ends: a line of a later batch says that this one was acknowledged.
 * </ul>
 *
 * <p>Everything else is damage: a world is rather unavailable than without what was acknowledged.
 * One thing cannot be told apart: a disk that loses sectors of the last batch after it said that
 * they were written.
 *
 * @param lengths of the lines of the deltas
 * @param lastBatch where in the file the last batch begins; where it ends if there is none
 * @param length in bytes; what follows in the file is the unfinished rest of a write
 * @param checksum of the last line
 */
record SegmentContent(
        WorldState base,
        List<Delta> deltas,
        List<Integer> lengths,
        Extent extent,
        long lastBatch,
        long length,
        String checksum) {

    /** Returns where in the file the line of a delta begins, or the one after the last. */
    long begin(int delta) {
        return extent.stateBytes()
                + lengths.subList(0, delta).stream().mapToLong(Integer::longValue).sum();
    }

    /**
     * Reads a segment.
     *
     * @throws DamagedJournalException if it is not as it was written, for another reason than that
     *     its last write was cut short
     */
    static SegmentContent read(Path file, WorldId world) throws IOException {
        return read(file, world, Files.readAllBytes(file));
    }

    /** Reads a segment of which the bytes are known. */
    static SegmentContent read(Path file, WorldId world, byte[] bytes) {
        return new Reading(file, world, bytes).read();
    }

    /** The reading of one file. */
    private static final class Reading {
        private final Path file;
        private final WorldId world;
        private final byte[] bytes;
        private final List<Delta> whole = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private final List<Delta> batch = new ArrayList<>();
        private final List<Integer> batchLengths = new ArrayList<>();
        private Extent extent = Extent.ofState(0);
        private int at;
        private int lineBegin;
        private int number;
        private int lastBatch;
        private int length;
        private String previous = "";
        private String checksum = "";

        Reading(Path file, WorldId world, byte[] bytes) {
            this.file = file;
            this.world = world;
            this.bytes = bytes;
        }

        SegmentContent read() {
            WorldState base = base();
            extent = Extent.ofState(length);
            lastBatch = length;
            while (at < bytes.length && delta(base.position())) {
                // The next line.
            }
            return new SegmentContent(base, whole, lengths, extent, lastBatch, length, checksum);
        }

        private WorldState base() {
            try {
                Line line = next();
                if (!Fields.text(line.object(), "world").equals(world.toString())) {
                    throw new IllegalArgumentException(
                            "it is of world " + Fields.text(line.object(), "world"));
                }
                keep(line);
                return StateJson.read(line.object());
            } catch (IllegalArgumentException damage) {
                throw damaged(damage);
            }
        }

        /** Takes the next delta; returns false if the rest is an unfinished write. */
        private boolean delta(Position base) {
            Position kept = base.at(base.revision() + whole.size());
            Line line;
            try {
                line = next();
            } catch (IllegalArgumentException damage) {
                if (UnfinishedWrite.isThatAfter(kept, bytes, length, at)) {
                    return false;
                }
                throw damaged(damage);
            }
            try {
                take(line, kept, at - lineBegin);
                return true;
            } catch (IllegalArgumentException damage) {
                throw damaged(damage);
            }
        }

        private void take(Line line, Position kept, int bytes) {
            Delta delta = DeltaJson.read(line.object());
            if (!Fields.text(line.object(), "previous").equals(previous)
                    || !Fields.text(line.object(), "epoch").equals(kept.epoch())
                    || Fields.number(line.object(), "batch") != kept.revision()
                    || delta.base() != kept.revision() + batch.size()) {
                throw new IllegalArgumentException("it does not follow the line before it");
            }
            previous = line.checksum();
            batch.add(delta);
            batchLengths.add(bytes);
            if (Fields.number(line.object(), "following") == 0) {
                extent = extent.with(batch, at - length);
                whole.addAll(batch);
                lengths.addAll(batchLengths);
                batch.clear();
                batchLengths.clear();
                lastBatch = length;
                keep(line);
            }
        }

        private DamagedJournalException damaged(IllegalArgumentException damage) {
            return new DamagedJournalException(
                    file, number, lineBegin, String.valueOf(damage.getMessage()));
        }

        private void keep(Line line) {
            previous = line.checksum();
            checksum = line.checksum();
            length = at;
        }

        /** Goes on to the next line, or stays if this one is not whole. */
        private Line next() {
            number++;
            lineBegin = at;
            int end = Line.end(bytes, at);
            if (end == bytes.length) {
                throw new IllegalArgumentException("the line does not end");
            }
            Line line = Line.open(Arrays.copyOfRange(bytes, at, end));
            at = end + 1;
            return line;
        }
    }
}
