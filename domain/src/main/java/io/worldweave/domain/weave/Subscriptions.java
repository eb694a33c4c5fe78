package io.worldweave.domain.weave;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.View;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnPosition;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open streams of this node.
 *
 * <p>Thread-safe. Nothing here blocks. A stream's wake runs under locks of the domain: it only
 * wakes its writer and does not call back.
 */
public final class Subscriptions implements AutoCloseable {
    /** Clients are looked at so many times in each stall limit. */
    private static final int LOOKS_PER_STALL = 4;

    private final Bus bus;
    private final Scheduler scheduler;
    private final WeaveLimits limits;
    private final WeaveCounters counters = new WeaveCounters();
    private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
    private final Map<UserId, Integer> perUser = new ConcurrentHashMap<>();
    private final AtomicInteger openCount = new AtomicInteger();
    private volatile boolean shutDown;

    /** What came of opening a stream. */
    public sealed interface Opened {
        record Open(Subscription subscription) implements Opened {}

        /** The user, or this node, has as many as it may. */
        record TooMany(String reason) implements Opened {}

        /** The service says goodbye to its streams and opens no more. */
        record Stopping() implements Opened {}
    }

    /**
     * Begins without streams.
     *
     * @param bus brings what other programs say to viewers; listened to for as long as they have
     *     streams here
     */
    public Subscriptions(Bus bus, Scheduler scheduler, WeaveLimits limits) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.limits = limits;
        lookLater();
    }

    /**
     * Opens a stream of a view, for ever: from {@code cursor} if it leads on from there, with a
     * snapshot otherwise.
     *
     * @param wake run when {@link Subscription#poll} may have something; must not block
     */
    public Opened watch(LiveWorld world, View view, @Nullable Cursor cursor, Runnable wake) {
        Position from = resumable(world, view, cursor) && cursor != null ? cursor.world() : null;
        WorldLane lane = new WorldLane(world, view, from, scheduler, limits, counters);
        Weave weave = new Weave(lane, heard(view, cursor), scheduler, limits, counters);
        return open(view.viewer(), world, weave, false, wake);
    }

    /**
     * Opens a stream of a turn and of its world meanwhile; it ends with the turn.
     *
     * @param cursor where to take it up, or null to begin with the turn; the world begins with a
     *     snapshot if it is of another view
     * @param wake run when {@link Subscription#poll} may have something; must not block
     */
    public Opened follow(Turn turn, View view, @Nullable Cursor cursor, Runnable wake) {
        LiveWorld world = turn.world();
        boolean goesOn = goesOn(turn, view.viewer(), cursor);
        Position from = goesOn && cursor != null ? cursor.world() : turn.start();
        boolean knows = !goesOn || (cursor != null && cursor.view().equals(view.name()));
        Weave weave =
                new Weave(
                        new WorldLane(
                                world, view, knows ? from : null, scheduler, limits, counters),
                        heard(view, cursor),
                        scheduler,
                        limits,
                        counters);
        long offset = offset(turn, view.viewer(), cursor);
        if (!turn.log().isOverAt(offset)) {
            addLane(weave, turn, offset);
        }
        return open(view.viewer(), world, weave, true, wake);
    }

    private static @Nullable EventPosition heard(View view, @Nullable Cursor cursor) {
        return cursor != null && cursor.user().equals(view.viewer()) ? cursor.heard() : null;
    }

    private static boolean goesOn(Turn turn, UserId viewer, @Nullable Cursor cursor) {
        TurnPosition at = cursor == null ? null : cursor.of(turn);
        return cursor != null
                && cursor.user().equals(viewer)
                && at != null
                && at.offset() > 0
                && at.offset() <= turn.log().end();
    }

    /** Returns how much of the turn the client of the cursor has been given. */
    static long offset(Turn turn, UserId viewer, @Nullable Cursor cursor) {
        TurnPosition at = cursor == null ? null : cursor.of(turn);
        return at != null && goesOn(turn, viewer, cursor) ? at.offset() : 0;
    }

    /** Returns how many streams are open. */
    public int openCount() {
        return openCount.get();
    }

    public WeaveCounters counters() {
        return counters;
    }

    /** Ends the streams of users who are not known any more. */
    public void revoke(Predicate<UserId> known) {
        for (UserId user : perUser.keySet()) {
            if (!known.test(user)) {
                open.stream()
                        .filter(subscription -> subscription.user().equals(user))
                        .forEach(subscription -> subscription.close(CloseReason.REVOKED));
            }
        }
    }

    /** Ends every stream with a goodbye and opens no more. */
    @Override
    public void close() {
        shutDown = true;
        open.forEach(subscription -> subscription.close(CloseReason.SHUTDOWN));
    }

    void addLane(Weave weave, Turn turn, long offset) {
        weave.add(new TurnLane(turn, offset, limits, counters));
    }

    void ended(Subscription subscription) {
        if (open.remove(subscription)) {
            openCount.decrementAndGet();
            perUser.computeIfPresent(
                    subscription.user(), (user, count) -> count > 1 ? count - 1 : null);
        }
    }

    private Opened open(
            UserId user, LiveWorld world, Weave weave, boolean endsWithTurn, Runnable wake) {
        if (shutDown) {
            return new Opened.Stopping();
        }
        boolean roomHere = openCount.incrementAndGet() <= limits.streams();
        boolean roomForUser = perUser.merge(user, 1, Integer::sum) <= limits.streamsPerUser();
        Subscription subscription =
                new Subscription(user, world, weave, endsWithTurn, wake, this, counters);
        open.add(subscription);
        if (!roomHere || !roomForUser) {
            ended(subscription);
            return new Opened.TooMany(
                    roomHere
                            ? "a user has at most " + limits.streamsPerUser() + " streams open"
                            : "this node has at most " + limits.streams() + " streams open");
        }
        subscription.attach(bus);
        if (shutDown) {
            // it was opened while the others were told
            subscription.close(CloseReason.SHUTDOWN);
        }
        return new Opened.Open(subscription);
    }

    private static boolean resumable(LiveWorld world, View view, @Nullable Cursor cursor) {
        return cursor != null
                && cursor.user().equals(view.viewer())
                && cursor.view().equals(view.name())
                && (world.log().reaches(cursor.world()) || world.log().isBehind(cursor.world()));
    }

    private void lookLater() {
        Duration pause = limits.stall().dividedBy(LOOKS_PER_STALL);
        scheduler.after(pause, this::closeStalled);
    }

    private void closeStalled() {
        if (shutDown) {
            return;
        }
        lookLater();
        long now = scheduler.nanoTime();
        for (Subscription subscription : open) {
            if (subscription.isStalled(now, limits.stall().toNanos())) {
                counters.stalls.increment();
                subscription.close(CloseReason.STALLED);
            }
        }
    }
}
