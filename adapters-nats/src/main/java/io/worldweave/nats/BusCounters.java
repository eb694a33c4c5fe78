package io.worldweave.nats;

import java.util.concurrent.atomic.LongAdder;

/** Counts what became of messages. Thread-safe. */
public final class BusCounters {
    final LongAdder sent = new LongAdder();
    final LongAdder unsent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder garbage = new LongAdder();
    final LongAdder connects = new LongAdder();

    /** Returns how many messages were given to a server. */
    public long sent() {
        return sent.sum();
    }

    /** Returns how much news was dropped, because too much waited or no server was there. */
    public long unsent() {
        return unsent.sum();
    }

    /** Returns how many messages came and could be read. */
    public long received() {
        return received.sum();
    }

    /** Returns how many messages came and were dropped: unreadable, too long, or not allowed. */
    public long garbage() {
        return garbage.sum();
    }

    /** Returns how often a server was connected. */
    public long connects() {
        return connects.sum();
    }
}
