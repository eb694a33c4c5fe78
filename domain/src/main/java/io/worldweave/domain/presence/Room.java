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
    private final Consumer<List<News.Seen>> tell;
    private final Watchers sessions = new Watchers();
    private final Map<UserId, Guest> guests = new LinkedHashMap<>();
    private final Map<Claimant, Claim> claims = new HashMap<>();
    private final Map<String, Roster> rosters = new HashMap<>();
    private final Runnable follow = this::follow;
    private volatile Position followed;
    private long sequence;

    /** A player of this node. */
    private static final class Guest {
        int sessions;
        @Nullable String zone;
    }

    private record Claimant(String node, UserId user) {}

    /** What another node says of a player, until it is said again or the lease ends. */
    private record Claim(@Nullable String zone, long sequence, long untilNanos) {}

    /**
     * @param tell told of players of this node who came to another zone; must not block
     */
    Room(LiveWorld world, PresenceLimits limits, Consumer<List<News.Seen>> tell) {
        this.world = world;
        this.limits = limits;
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
        List<News.Seen> news = new ArrayList<>();
        synchronized (this) {
            guests.computeIfAbsent(user, _ -> new Guest()).sessions++;
            sessions.add(wake);
            look(user, world.head(), news);
        }
        told(news);
    }

    /** A session of the player ends. Returns whether it was the last one here. */
    boolean leave(UserId user, Runnable wake) {
        List<News.Seen> news = new ArrayList<>();
        boolean empty;
        synchronized (this) {
            sessions.remove(wake);
            Guest guest = guests.get(user);
            if (guest != null && --guest.sessions == 0) {
                guests.remove(user);
                move(user, guest.zone, null);
                news.add(new News.Seen(user, null));
            }
            empty = guests.isEmpty();
        }
        told(news);
        return empty;
    }

    /** Returns where this node's players are. */
    synchronized List<News.Seen> seen() {
        return guests.entrySet().stream()
                .map(guest -> new News.Seen(guest.getKey(), guest.getValue().zone))
                .toList();
    }

    /** Takes what another node says. */
    void heard(News.Attended news, long nowNanos) {
        long before;
        long after;
        synchronized (this) {
            before = sequence;
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
                    move(seen.user(), old == null ? null : old.zone(), seen.zone());
                }
            }
            after = sequence;
        }
        if (after != before) {
            sessions.wakeAll();
        }
    }

    /** Forgets what was said too long ago: those who play on a node that is gone have left. */
    void expire(long nowNanos) {
        boolean changed;
        synchronized (this) {
            long before = sequence;
            claims.entrySet()
                    .removeIf(entry -> {
                        boolean over = nowNanos - entry.getValue().untilNanos() >= 0;
                        if (over) {
                            move(entry.getKey().user(), entry.getValue().zone(), null);
                        }
                        return over;
                    });
            changed = sequence != before;
        }
        if (changed) {
            sessions.wakeAll();
        }
    }

    synchronized boolean isIn(String zone, UserId user) {
        Roster roster = rosters.get(zone);
        return roster != null && roster.has(user);
    }

    synchronized long sequence() {
        return sequence;
    }

    /**
     * Returns who may have come to the zone or left it since that change; null if that is not
     * known, and everybody may have.
     */
    synchronized @Nullable Set<UserId> changedSince(String zone, long since) {
        Roster roster = rosters.get(zone);
        return roster == null ? null : roster.changedSince(since);
    }

    /** Returns who is in the zone, in a set of the caller's. */
    synchronized Set<UserId> users(String zone) {
        Roster roster = rosters.get(zone);
        return roster == null ? new LinkedHashSet<>() : new LinkedHashSet<>(roster.users());
    }

    /** Looks at what was committed since the last time. */
    private void follow() {
        if (world.head().position().equals(followed)) {
            return;
        }
        List<News.Seen> news = new ArrayList<>();
        synchronized (this) {
            WorldState head = world.head();
            List<LogEntry> entries = world.log().since(followed);
            Set<UserId> moved =
                    entries == null ? new LinkedHashSet<>(guests.keySet()) : concerned(entries);
            moved.stream().filter(guests::containsKey).forEach(user -> look(user, head, news));
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

    private void look(UserId user, WorldState state, List<News.Seen> news) {
        Guest guest = Objects.requireNonNull(guests.get(user));
        String zone = Zones.of(state, user);
        if (!Objects.equals(zone, guest.zone)) {
            move(user, guest.zone, zone);
            guest.zone = zone;
            news.add(new News.Seen(user, zone));
        }
    }

    /** In the new zone first: whoever is still in it by another node's word does not flicker. */
    private void move(UserId user, @Nullable String from, @Nullable String to) {
        if (Objects.equals(from, to)) {
            return;
        }
        if (to != null
                && rosters.computeIfAbsent(to, _ -> new Roster(sequence)).add(user, sequence + 1)) {
            sequence++;
        }
        Roster left = from == null ? null : rosters.get(from);
        if (left != null && left.remove(user, sequence + 1)) {
            sequence++;
            if (left.isEmpty()) {
                rosters.remove(from);
            }
        }
    }

    private void told(List<News.Seen> news) {
        if (!news.isEmpty()) {
            tell.accept(news);
            sessions.wakeAll();
        }
    }
}
