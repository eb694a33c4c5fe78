package io.worldweave.domain.turn;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What happened in the turns of this node since it began. Thread-safe. */
public final class TurnCounters {
    final LongAdder retries = new LongAdder();
    final LongAdder standIns = new LongAdder();
    final LongAdder callsRun = new LongAdder();
    final LongAdder callsRefused = new LongAdder();
    private final Map<NarratorFailedException.Kind, LongAdder> failures =
            new EnumMap<>(NarratorFailedException.Kind.class);

    TurnCounters() {
        for (NarratorFailedException.Kind kind : NarratorFailedException.Kind.values()) {
            failures.put(kind, new LongAdder());
        }
    }

    void failed(NarratorFailedException.Kind kind) {
        LongAdder counter = failures.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Returns how often a narrator was asked again. */
    public long retries() {
        return retries.sum();
    }

    /** Returns how often the script told what a model could not. */
    public long standIns() {
        return standIns.sum();
    }

    /** Returns how many commands were run for narrators. */
    public long callsRun() {
        return callsRun.sum();
    }

    /** Returns how many commands narrators described that were not run. */
    public long callsRefused() {
        return callsRefused.sum();
    }

    /** Returns how often narrators failed in that way, tries that were repeated included. */
    public long failures(NarratorFailedException.Kind kind) {
        LongAdder counter = failures.get(kind);
        return counter == null ? 0 : counter.sum();
    }
}
