package io.worldweave.domain.presence;

import io.worldweave.domain.bus.News;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.LogEntry;
import io.worldweave.domain.live.Watchers;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldState;
import io.worldweave.domain.zone.Zones;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is where in one world: this node's own players, as the world's state says, and those of other
 * nodes, as these say.
 *
 * <p>Thread-safe. Nothing is told and nobody is woken under its lock.
 */
final class Room {
    private final LiveWorld world;
    private final PresenceLimits limits;
    private final LongSupplier numbers;
    private final Consumer<Telling> tell;
    private final Watchers sessions = new Watchers();
    private final Map<UserId, Guest> guests = new LinkedHashMap<>();
    private final Map<Claimant, Claim> claims = new HashMap<>();
    private final Rosters rosters = new Rosters();
    private final Runnable follow = this::follow;
    private volatile Position followed;

    /**
     * Where players of this node are: one with a higher number later, in whichever order they are
     * told.
     */
    record Telling(long number, List<News.Seen> seen) {}

    /** A player of this node. */
    private static final class Guest {
        int sessions;
        @Nullable String zone;
    }

    private record Claimant(String node, UserId user) {}

    /** What another node says of a player, until it is said again or the lease ends. */
    private record Claim(@Nullable String zone, long sequence, long untilNanos) {}

    /**
     * @param numbers rise with each that is taken; must not block
     * @param tell told of players of this node who came to another zone; must not block
     */
    Room(LiveWorld world, PresenceLimits limits, LongSupplier numbers, Consumer<Telling> tell) {
        this.world = world;
        this.limits = limits;
        this.numbers = numbers;
        this.tell = tell;
        this.followed = world.head().position();
        world.watch(follow);
    }

    /** Lets go of the world. */
    void end() {
        world.unwatch(follow);
    }

    /** A session of the player begins. */
    void enter(UserId user, Runnable wake) {
        Telling news;
        synchronized (this) {
            guests.computeIfAbsent(user, _ -> new Guest()).sessions++;
            sessions.add(wake);
            news = look(Set.of(user), world.head());
        }
        told(news);
    }

    /** A session of the player ends. Returns whether it was the last one here. */
    boolean leave(UserId user, Runnable wake) {
        Telling news;
        boolean empty;
        synchronized (this) {
            sessions.remove(wake);
            Guest guest = guests.get(user);
            boolean last = guest != null && --guest.sessions == 0;
            news = dismiss(last ? Set.of(user) : Set.of());
            empty = guests.isEmpty();
        }
        told(news);
        return empty;
    }

    /** All sessions end. Returns what the other nodes are to be told of that. */
    synchronized Telling dismissAll() {
        return dismiss(Set.copyOf(guests.keySet()));
    }

    /** Returns where this node's players are. */
    synchronized Telling telling() {
        return numbered(
                guests.entrySet().stream()
                        .map(guest -> new News.Seen(guest.getKey(), guest.getValue().zone))
                        .toList());
    }

    /** Takes what another node says. */
    void heard(News.Attended news, long nowNanos) {
        long before;
        long after;
        synchronized (this) {
            before = rosters.sequence();
            long until = nowNanos + news.leaseMillis() * 1_000_000;
            for (News.Seen seen : news.seen()) {
                Claimant claimant = new Claimant(news.node(), seen.user());
                Claim old = claims.get(claimant);
                boolean counts =
                        old == null
                                ? claims.size() < limits.users()
                                : old.sequence() < news.sequence();
                if (counts) {
                    claims.put(claimant, new Claim(seen.zone(), news.sequence(), until));
                    rosters.move(seen.user(), old == null ? null : old.zone(), seen.zone());
                }
            }
            after = rosters.sequence();
        }
        if (after != before) {
            sessions.wakeAll();
        }
    }

    /** Forgets what was said too long ago: those who play on a node that is gone have left. */
    void expire(long nowNanos) {
        boolean changed;
        synchronized (this) {
            long before = rosters.sequence();
            claims.entrySet()
                    .removeIf(entry -> {
                        boolean over = nowNanos - entry.getValue().untilNanos() >= 0;
                        if (over) {
                            rosters.move(entry.getKey().user(), entry.getValue().zone(), null);
                        }
                        return over;
                    });
            changed = rosters.sequence() != before;
        }
        if (changed) {
            sessions.wakeAll();
        }
    }

    synchronized boolean isIn(String zone, UserId user) {
        return rosters.has(zone, user);
    }

    synchronized long sequence() {
        return rosters.sequence();
    }

    /**
     * Returns who may have come to the zone or left it since that change; null if that is not
     * known, and everybody may have.
     */
    synchronized @Nullable Set<UserId> changedSince(String zone, long since) {
        return rosters.changedSince(zone, since);
    }

    /** Returns who is in the zone, in a set of the caller's. */
    synchronized Set<UserId> users(String zone) {
        return rosters.users(zone);
    }

    /** Looks at what was committed since the last time. */
    private void follow() {
        if (world.head().position().equals(followed)) {
            return;
        }
        Telling news;
        synchronized (this) {
            WorldState head = world.head();
            List<LogEntry> entries = world.log().since(followed);
            Set<UserId> moved =
                    entries == null ? new LinkedHashSet<>(guests.keySet()) : concerned(entries);
            moved.retainAll(guests.keySet());
            news = look(moved, head);
            followed = head.position();
        }
        told(news);
    }

    private Set<UserId> concerned(List<LogEntry> entries) {
        Set<UserId> users = new LinkedHashSet<>();
        for (LogEntry entry : entries) {
            for (Change change : entry.delta().changes()) {
                if (change.part() instanceof Part.Own(UserId owner)) {
                    users.add(owner);
                } else if (change.pointer().depth() <= 2) {
                    // a zone may have come or gone
                    users.addAll(guests.keySet());
                }
            }
        }
        return users;
    }

    private Telling look(Set<UserId> users, WorldState state) {
        List<News.Seen> moved = new ArrayList<>();
        for (UserId user : users) {
            Guest guest = Objects.requireNonNull(guests.get(user));
            String zone = Zones.of(state, user);
            if (!Objects.equals(zone, guest.zone)) {
                rosters.move(user, guest.zone, zone);
                guest.zone = zone;
                moved.add(new News.Seen(user, zone));
            }
        }
        return numbered(moved);
    }

    private Telling dismiss(Set<UserId> users) {
        List<News.Seen> gone = new ArrayList<>();
        for (UserId user : users) {
            Guest guest = Objects.requireNonNull(guests.remove(user));
            rosters.move(user, guest.zone, null);
            gone.add(new News.Seen(user, null));
        }
        return numbered(gone);
    }

    /** Under the lock under which it was seen: what is seen later has a higher number. */
    private Telling numbered(List<News.Seen> seen) {
        return new Telling(numbers.getAsLong(), seen);
    }

    private void told(Telling news) {
        if (!news.seen().isEmpty()) {
            tell.accept(news);
            sessions.wakeAll();
        }
    }
}
