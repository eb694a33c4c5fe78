package io.worldweave.domain.weave;

import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLog;
import io.worldweave.domain.turn.TurnPosition;
import org.jspecify.annotations.Nullable;

/**
 * A stream's place in what a turn says, and so a lane "narrative" with its fence.
 *
 * <p>Not thread-safe: its {@link Weave}'s.
 */
final class TurnLane {
    private final Turn turn;
    private final WeaveLimits limits;
    private final WeaveCounters counters;
    private long offset;
    private long passed;
    private boolean fenced;
    private long fencedSinceNanos;

    TurnLane(Turn turn, long offset, WeaveLimits limits, WeaveCounters counters) {
        this.turn = turn;
        this.offset = offset;
        this.limits = limits;
        this.counters = counters;
    }

    Turn turn() {
        return turn;
    }

    TurnPosition position() {
        return new TurnPosition(turn.conversation(), turn.number(), offset);
    }

    /** Returns whether the stream has not been told yet that the turn began. */
    boolean isAtStart() {
        return offset == 0;
    }

    /** Returns whether everything was given, the turn's end included. */
    boolean isOver() {
        return turn.log().isOverAt(offset);
    }

    /** Returns whether the turn has said what this lane has not given. */
    boolean waits() {
        return turn.log().end() > offset;
    }

    /** Returns whether {@link #next} would give something. */
    boolean isReady(long reached, long nowNanos) {
        return waits() && opens(reached, nowNanos);
    }

    /** Returns what comes next, or null if nothing waits or the fence holds it. */
    @Nullable TurnEvent next(long reached, long nowNanos) {
        if (!isReady(reached, nowNanos)) {
            return null;
        }
        long fence = turn.log().fenceAt(offset);
        if (fence > Math.max(reached, passed)) {
            passed = fence;
            counters.fencesPassed.increment();
        }
        TurnLog.Next next = turn.log().next(offset, Math.max(reached, passed));
        if (next == null) {
            return null;
        }
        fenced = false;
        offset = next.offset();
        return next.event();
    }

    /**
     * Returns how long until the fence opens by itself, or {@link Long#MAX_VALUE} if it holds
     * nothing.
     */
    long nanosUntilDue(long nowNanos) {
        return fenced
                ? Math.max(0, fencedSinceNanos + limits.fence().toNanos() - nowNanos)
                : Long.MAX_VALUE;
    }

    private boolean opens(long reached, long nowNanos) {
        if (turn.log().fenceAt(offset) <= Math.max(reached, passed)) {
            fenced = false;
            return true;
        }
        if (!fenced) {
            fenced = true;
            fencedSinceNanos = nowNanos;
        }
        return nowNanos - fencedSinceNanos >= limits.fence().toNanos();
    }
}
