package io.worldweave.domain.turn;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.time.Scheduler;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn of this node as the others hear of it: while one of them says that it watches, they are
 * told what is said, and the turn has a viewer the more.
 *
 * <p>Thread-safe. Nothing is told under its lock.
 */
final class SharedTurn implements AutoCloseable {
    /** So long a node's word that it watches holds. */
    static final Duration LEASE = Duration.ofSeconds(15);

    private final Turn turn;
    private final TurnBus bus;
    private final Scheduler scheduler;
    private final Runnable superseded;
    private final TurnNews.Beginning beginning;
    private final Runnable tell = this::tellWhatIsNew;
    private Bus.@Nullable Interest interest;
    private boolean watched;
    private boolean closed;
    private long untilNanos;
    private long told;

    /**
     * @param superseded run when another node has a later turn of the conversation
     */
    SharedTurn(Turn turn, TurnBus bus, Scheduler scheduler, Runnable superseded) {
        this.turn = turn;
        this.bus = bus;
        this.scheduler = scheduler;
        this.superseded = superseded;
        this.beginning =
                new TurnNews.Beginning(
                        turn.number(), turn.owner(), turn.world().id(), turn.start());
    }

    /** Begins to listen, and tells who has an earlier turn of the conversation to forget it. */
    void open() {
        synchronized (this) {
            interest = bus.listen(turn.conversation(), this::hear);
        }
        bus.publish(new TurnNews.Told(turn.conversation(), beginning, 0, List.of()));
    }

    private void hear(TurnNews news) {
        switch (news) {
            case TurnNews.Watched watch -> {
                if (watch.viewer().equals(turn.owner())) {
                    watch(watch.turn() == turn.number() ? watch.offset() : 0);
                } else {
                    bus.publish(new TurnNews.Denied(turn.conversation(), watch.viewer()));
                }
            }
            case TurnNews.Stopped stop -> {
                if (stop.viewer().equals(turn.owner()) && stop.turn() == turn.number()) {
                    turn.stop();
                }
            }
            case TurnNews.Denied _ -> {
                // somebody else asked
            }
            case TurnNews.Told other -> {
                if (other.turn().number() > turn.number()) {
                    superseded.run();
                }
            }
        }
    }

    private void watch(long offset) {
        boolean begins;
        synchronized (this) {
            if (closed) {
                return;
            }
            begins = !watched;
            watched = true;
            untilNanos = scheduler.nanoTime() + LEASE.toNanos();
            told = begins ? turn.log().end() : told;
        }
        if (begins) {
            turn.joined();
            turn.log().watch(tell);
            scheduler.after(LEASE, this::lapse);
        }
        tellFrom(offset);
    }

    private void tellWhatIsNew() {
        long from;
        synchronized (this) {
            if (!watched) {
                return;
            }
            from = told;
        }
        tellFrom(from);
    }

    private void tellFrom(long offset) {
        TurnLog.Rest rest = turn.log().rest(offset);
        long at = rest.offset();
        List<TurnNews.Piece> pieces = rest.pieces();
        int most = TurnNews.Told.PIECE_LIMIT;
        for (int i = 0; i == 0 || i < pieces.size(); i += most) {
            List<TurnNews.Piece> some = pieces.subList(i, Math.min(pieces.size(), i + most));
            bus.publish(new TurnNews.Told(turn.conversation(), beginning, at, some));
            at += some.stream().mapToLong(TurnNews.Piece::length).sum();
        }
        synchronized (this) {
            told = Math.max(told, at);
        }
    }

    private void lapse() {
        synchronized (this) {
            long left = untilNanos - scheduler.nanoTime();
            if (watched && left > 0) {
                scheduler.after(Duration.ofNanos(left), this::lapse);
                return;
            }
        }
        unwatch();
    }

    private void unwatch() {
        synchronized (this) {
            if (!watched) {
                return;
            }
            watched = false;
        }
        turn.log().unwatch(tell);
        turn.left();
    }

    /** Says nothing more of the turn. */
    @Override
    public void close() {
        Bus.Interest ears;
        synchronized (this) {
            closed = true;
            ears = interest;
        }
        if (ears != null) {
            ears.close();
        }
        unwatch();
    }
}
