package io.worldweave.domain.turn;

import io.worldweave.domain.turn.NarratorFailedException.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** What happened in the turns of this node since it began. Thread-safe. */
public final class TurnCounters {
    final LongAdder retries = new LongAdder();
    final LongAdder standIns = new LongAdder();
    final LongAdder callsRun = new LongAdder();
    final LongAdder callsRefused = new LongAdder();
    private final Map<Kind, LongAdder> failures = new EnumMap<>(Kind.class);
    private volatile BiConsumer<String, Kind> listener = (_, _) -> {};

    TurnCounters() {
        for (Kind kind : Kind.values()) {
            failures.put(kind, new LongAdder());
        }
    }

    /**
     * Has {@code listener} told of each failure of a narrator from now on, with the name of the
     * model. It must not block.
     */
    public void listen(BiConsumer<String, Kind> listener) {
        this.listener = listener;
    }

    void failed(String model, Kind kind) {
        LongAdder counter = failures.get(kind);
        if (counter != null) {
            counter.increment();
        }
        listener.accept(model, kind);
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
    public long failures(Kind kind) {
        LongAdder counter = failures.get(kind);
        return counter == null ? 0 : counter.sum();
    }
}
