package io.worldweave.domain.weave;

import java.util.concurrent.atomic.LongAdder;

/** Counts what streams had to do beside giving one frame after another. Thread-safe. */
public final class WeaveCounters {
    final LongAdder frames = new LongAdder();
    final LongAdder snapshots = new LongAdder();
    final LongAdder squashes = new LongAdder();
    final LongAdder fencesPassed = new LongAdder();
    final LongAdder stalls = new LongAdder();
    final LongAdder outsideDropped = new LongAdder();

    /** Returns how many frames were given to writers. */
    public long frames() {
        return frames.sum();
    }

    /** Returns how many snapshots were among them. */
    public long snapshots() {
        return snapshots.sum();
    }

    /** Returns how often waiting deltas were squashed to their net effect. */
    public long squashes() {
        return squashes.sum();
    }

    /**
     * Returns how often narrative went on without its revision, because that did not come in time.
     */
    public long fencesPassed() {
        return fencesPassed.sum();
    }

    /** Returns how many events of other programs were dropped because too many waited. */
    public long outsideDropped() {
        return outsideDropped.sum();
    }

    /** Returns how many streams were closed because their clients took nothing. */
    public long stalls() {
        return stalls.sum();
    }
}
