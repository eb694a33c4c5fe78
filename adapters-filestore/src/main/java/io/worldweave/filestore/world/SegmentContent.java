package io.worldweave.filestore.world;

import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.WorldId;
import io.worldweave.domain.world.WorldState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands in a segment, up to the last batch that is there as a whole.
 *
 * @param length in bytes; what follows in the file is the unfinished rest of a write
 * @param checksum of the last line
 */
record SegmentContent(WorldState base, List<Delta> deltas, long length, String checksum) {

    /**
     * Reads a segment.
     *
     * @throws DamagedJournalException if it is not as it was written, for another reason than that
     *     its last write was cut short
     */
    static SegmentContent read(Path file, WorldId world) throws IOException {
        return new Reading(file, world, Files.readAllBytes(file)).read();
    }

    /** The reading of one file. */
    private static final class Reading {
        private final Path file;
        private final WorldId world;
        private final byte[] bytes;
        private final List<Delta> whole = new ArrayList<>();
        private final List<Delta> batch = new ArrayList<>();
        private int at;
        private int number;
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
            long revision = base.revision();
            while (at < bytes.length && !restIsUnfinished()) {
                revision = delta(base.position().epoch(), revision);
            }
            return new SegmentContent(base, whole, length, checksum);
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
                throw new DamagedJournalException(file, 1, damage);
            }
        }

        private long delta(String epoch, long revision) {
            try {
                Line line = next();
                Delta delta = DeltaJson.read(line.object());
                if (!Fields.text(line.object(), "previous").equals(previous)
                        || !Fields.text(line.object(), "epoch").equals(epoch)
                        || delta.base() != revision) {
                    throw new IllegalArgumentException("it does not follow the line before it");
                }
                previous = line.checksum();
                batch.add(delta);
                if (Fields.number(line.object(), "following") == 0) {
                    whole.addAll(batch);
                    batch.clear();
                    keep(line);
                }
                return delta.revision();
            } catch (IllegalArgumentException damage) {
                throw new DamagedJournalException(file, number, damage);
            }
        }

        private void keep(Line line) {
            previous = line.checksum();
            checksum = line.checksum();
            length = at;
        }

        private Line next() {
            number++;
            int end = endOfLine();
            if (end == bytes.length) {
                throw new IllegalArgumentException("the line does not end");
            }
            Line line = Line.open(Arrays.copyOfRange(bytes, at, end));
            at = end + 1;
            return line;
        }

        private int endOfLine() {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            return end;
        }

        /** Returns whether the file ends in the next line, as a crash leaves it. */
        private boolean restIsUnfinished() {
            return endOfLine() == bytes.length;
        }
    }
}
