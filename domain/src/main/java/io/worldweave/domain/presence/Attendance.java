package io.worldweave.domain.presence;

import io.worldweave.domain.user.UserId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The presence of one session's player in a world, and what that session has been told of the
 * others.
 *
 * <p>Nothing is queued: what is told next is the difference between who is there and whom the
 * session knows of, so a slow one is not told who came and went meanwhile.
 *
 * <p>Not thread-safe but for {@link #close}: its session's.
 */
public final class Attendance implements AutoCloseable {
    private final Room room;
    private final UserId user;
    private final int limit;
    private final Runnable leave;
    private final Set<UserId> told = new LinkedHashSet<>();
    private final Set<UserId> pending = new LinkedHashSet<>();
    private @Nullable String zone;
    private long looked = -1;

    /**
     * @param limit of so many others the session is told at once
     */
    Attendance(Room room, UserId user, int limit, Runnable leave) {
        this.room = room;
        this.user = user;
        this.limit = limit;
        this.leave = leave;
    }

    /**
     * Says that the session shows that zone now, or none. In another zone it begins anew, and
     * nobody leaves the zone that it left.
     */
    public void shows(@Nullable String shown) {
        if (shown == null || !shown.equals(zone)) {
            zone = shown;
            told.clear();
            pending.clear();
            looked = -1;
        }
    }

    /** Returns what is to be told next; null if the session knows all. */
    public @Nullable PresenceEvent next() {
        String shown = zone;
        if (shown == null) {
            return null;
        }
        look(shown);
        return change(shown);
    }

    private void look(String shown) {
        long now = room.sequence();
        if (looked == now) {
            return;
        }
        Set<UserId> changed = looked < 0 ? null : room.changedSince(shown, looked);
        if (changed == null) {
            changed = room.users(shown);
            changed.addAll(told);
        }
        looked = now;
        changed.remove(user);
        pending.addAll(changed);
    }

    private @Nullable PresenceEvent change(String shown) {
        Iterator<UserId> users = pending.iterator();
        while (users.hasNext()) {
            UserId other = users.next();
            users.remove();
            boolean there = room.isIn(shown, other);
            if (there && told.size() < limit && told.add(other)) {
                return new PresenceEvent(PresenceEvent.Kind.JOIN, other, shown);
            }
            if (!there && told.remove(other)) {
                return new PresenceEvent(PresenceEvent.Kind.LEAVE, other, shown);
            }
        }
        return null;
    }

    /** The player has left, unless another session is open. May be called again, to no effect. */
    @Override
    public void close() {
        leave.run();
    }
}
