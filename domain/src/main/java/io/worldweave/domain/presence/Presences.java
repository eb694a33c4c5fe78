package io.worldweave.domain.presence;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who plays now, as far as this node's own players want to know it: in the worlds where it has
 * some.
 *
 * <p>Each node tells the others where its players are, at once when one moves and again within each
 * lease. What a node says holds for the lease only. So those who played on a node that crashed are
 * seen to leave, and news that was lost is made up for.
 *
 * <p>Thread-safe. Nothing here blocks.
 */
public final class Presences implements AutoCloseable {
    private static final int TELLINGS_PER_LEASE = 3;

    private final Bus bus;
    private final Scheduler scheduler;
    private final String node;
    private final PresenceLimits limits;
    private final Map<WorldId, Open> rooms = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();
    private volatile boolean closed;

    private record Open(Room room, Bus.Interest interest) {}

    /**
     * @param node names this node and this run of it, as no other
     */
    public Presences(Bus bus, Scheduler scheduler, String node, PresenceLimits limits) {
        this.bus = bus;
        this.scheduler = scheduler;
        this.node = node;
        this.limits = limits;
        tellLater();
    }

    /**
     * Lets a session's player be present in a world, where the player has a part already.
     *
     * @param wake run when {@link Attendance#next} may have something; must not block
     */
    public Attendance attend(LiveWorld world, UserId user, Runnable wake) {
        AtomicBoolean first = new AtomicBoolean();
        Open open =
                rooms.compute(
                        world.id(),
                        (id, known) -> {
                            first.set(known == null);
                            Open room = known == null ? open(world) : known;
                            room.room().enter(user, wake);
                            return room;
                        });
        if (first.get()) {
            tell(world.id(), open.room().telling(), true);
        }
        AtomicBoolean left = new AtomicBoolean();
        return new Attendance(
                open.room(),
                user,
                limits.told(),
                () -> {
                    if (left.compareAndSet(false, true)) {
                        leave(world.id(), user, wake);
                    }
                });
    }

    /** Returns in how many worlds this node has players. */
    public int worldCount() {
        return rooms.size();
    }

    /** Tells the others that this node's players have gone, and says nothing more. */
    @Override
    public void close() {
        closed = true;
        rooms.forEach((world, open) -> {
            tell(world, open.room().dismissAll(), false);
            end(open);
        });
        rooms.clear();
    }

    private Open open(LiveWorld world) {
        WorldId id = world.id();
        Room room =
                new Room(world, limits, sequence::incrementAndGet, news -> tell(id, news, false));
        return new Open(room, bus.listen(id, news -> heard(room, news)));
    }

    private void leave(WorldId world, UserId user, Runnable wake) {
        rooms.computeIfPresent(
                world,
                (id, open) -> {
                    if (!open.room().leave(user, wake)) {
                        return open;
                    }
                    end(open);
                    return null;
                });
    }

    private static void end(Open open) {
        open.interest().close();
        open.room().end();
    }

    private void heard(Room room, News news) {
        if (news instanceof News.Attended attended && !attended.node().equals(node)) {
            room.heard(attended, scheduler.nanoTime());
            if (attended.asks()) {
                tell(attended.world(), room.telling(), false);
            }
        }
    }

    private void tell(WorldId world, Room.Telling telling, boolean asks) {
        List<News.Seen> seen = telling.seen();
        int most = News.Attended.SEEN_LIMIT;
        for (int from = 0; from < seen.size(); from += most) {
            bus.publish(
                    new News.Attended(
                            world,
                            node,
                            telling.number(),
                            seen.subList(from, Math.min(seen.size(), from + most)),
                            limits.lease().toMillis(),
                            asks && from == 0));
        }
    }

    private void tellLater() {
        Duration pause = limits.lease().dividedBy(TELLINGS_PER_LEASE);
        scheduler.after(pause, this::tellAgain);
    }

    private void tellAgain() {
        if (closed) {
            return;
        }
        tellLater();
        long now = scheduler.nanoTime();
        rooms.forEach((world, open) -> {
            open.room().expire(now);
            tell(world, open.room().telling(), false);
        });
    }
}
