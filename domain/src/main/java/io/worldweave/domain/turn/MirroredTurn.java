package io.worldweave.domain.turn;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A turn of another node as it is watched here: what that node tells is appended where it belongs,
 * and what is missing asked for again. It says again and again that it is watched, for as long as
 * it is; if that node is not heard any more, the turn has failed.
 *
 * <p>Thread-safe. Nothing is told under its lock.
 */
final class MirroredTurn implements AutoCloseable {
    private static final int TELLINGS_PER_LEASE = 3;

    private final ConversationId conversation;
    private final UserId viewer;
    private final TurnBus bus;
    private final Scheduler scheduler;
    private final Runnable over;
    private final CompletableFuture<@Nullable TurnNews> found = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Turn> ready = new CompletableFuture<>();
    private Bus.@Nullable Interest interest;
    private @Nullable Turn turn;
    private boolean closed;
    private long heardNanos;
    private long givenNanos;

    /**
     * @param over run when nobody watches here any more, or nothing more comes
     */
    MirroredTurn(
            ConversationId conversation,
            UserId viewer,
            TurnBus bus,
            Scheduler scheduler,
            Runnable over) {
        this.conversation = conversation;
        this.viewer = viewer;
        this.bus = bus;
        this.scheduler = scheduler;
        this.over = over;
    }

    /**
     * Asks the other nodes for the turn and returns the first answer, told or denied, or null if
     * none came in time. Blocks.
     */
    @Nullable TurnNews seek(Duration limit) {
        synchronized (this) {
            interest = bus.listen(conversation, this::hear);
        }
        scheduler.after(limit, () -> found.complete(null));
        bus.ask(new TurnNews.Watched(conversation, viewer, 0, 0), () -> found.complete(null));
        return found.join();
    }

    /** Shows the turn of the answer in a world of this node. */
    Turn begin(TurnNews.Told first, LiveWorld world, TurnLimits limits) {
        Turn mirror =
                Turn.elsewhere(
                        new TurnPosition(conversation, first.turn().number(), 0),
                        viewer,
                        world,
                        first.turn().start(),
                        scheduler,
                        limits,
                        () ->
                                bus.publish(
                                        new TurnNews.Stopped(
                                                conversation, viewer, first.turn().number())));
        synchronized (this) {
            turn = mirror;
            heardNanos = scheduler.nanoTime();
            givenNanos = heardNanos;
        }
        hear(first);
        // what came while the world was looked for
        bus.publish(watched(mirror));
        ready.complete(mirror);
        scheduler.after(pause(), this::tend);
        return mirror;
    }

    /** Returns the turn once {@link #begin} has been called, or null if it will not be. Blocks. */
    @Nullable Turn await() {
        ready.join();
        synchronized (this) {
            givenNanos = scheduler.nanoTime();
            return closed ? null : turn;
        }
    }

    private TurnNews.Watched watched(Turn mirror) {
        return new TurnNews.Watched(conversation, viewer, mirror.number(), mirror.log().end());
    }

    private void hear(TurnNews news) {
        if (news instanceof TurnNews.Denied(_, var stranger) && stranger.equals(viewer)) {
            found.complete(news);
        }
        if (!(news instanceof TurnNews.Told told) || !told.turn().owner().equals(viewer)) {
            return;
        }
        Turn mirror;
        boolean gap;
        synchronized (this) {
            mirror = turn;
            if (mirror == null) {
                found.complete(told);
                return;
            }
            if (told.turn().number() != mirror.number()) {
                return;
            }
            heardNanos = scheduler.nanoTime();
            gap = !take(mirror, told);
        }
        if (gap) {
            bus.publish(watched(mirror));
        }
    }

    /** Appends what is new; returns false if something is missing before it. */
    private static boolean take(Turn mirror, TurnNews.Told told) {
        long at = told.offset();
        for (TurnNews.Piece piece : told.pieces()) {
            long end = mirror.log().end();
            if (at > end) {
                return false;
            }
            if (at + piece.length() > end) {
                mirror.relays(rest(piece.event(), (int) (end - at)), piece.fence());
            }
            at += piece.length();
        }
        return true;
    }

    private static TurnEvent rest(TurnEvent event, int known) {
        return event instanceof TurnEvent.Content(String text)
                ? new TurnEvent.Content(text.substring(known))
                : event;
    }

    private static Duration pause() {
        return SharedTurn.LEASE.dividedBy(TELLINGS_PER_LEASE);
    }

    private void tend() {
        Turn mirror;
        boolean silent;
        boolean given;
        synchronized (this) {
            mirror = turn;
            if (closed || mirror == null) {
                return;
            }
            long now = scheduler.nanoTime();
            silent = now - heardNanos >= SharedTurn.LEASE.toNanos();
            // who was given it just now has still to begin to watch
            given = now - givenNanos < pause().toNanos();
        }
        if (silent) {
            mirror.fail("internal", "the node that ran the turn is not heard any more");
        }
        if (!given && (mirror.isOver() || !mirror.isWatched())) {
            over.run();
        } else {
            bus.publish(watched(mirror));
            scheduler.after(pause(), this::tend);
        }
    }

    /** Lets go of the turn; who still watches is told nothing more. */
    @Override
    public void close() {
        Bus.Interest ears;
        Turn mirror;
        synchronized (this) {
            closed = true;
            ears = interest;
            mirror = turn;
        }
        if (ears != null) {
            ears.close();
        }
        if (mirror != null) {
            mirror.abandon();
        }
        ready.complete(null);
    }
}
