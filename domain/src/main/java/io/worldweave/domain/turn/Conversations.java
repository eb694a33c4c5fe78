package io.worldweave.domain.turn;

import io.worldweave.domain.user.UserId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The running or last turn of each conversation, as many and for as long as the limits say. A turn
 * that runs is never forgotten.
 *
 * <p>Thread-safe.
 */
final class Conversations {
    private final Map<ConversationId, Turn> latest = new ConcurrentHashMap<>();
    private final TurnLimits limits;
    private final Consumer<Turn> forgotten;

    /**
     * @param forgotten told of each turn that is not the latest any more, or not kept
     */
    Conversations(TurnLimits limits, Consumer<Turn> forgotten) {
        this.limits = limits;
        this.forgotten = forgotten;
    }

    @Nullable Turn find(ConversationId id) {
        return latest.get(id);
    }

    List<Turn> running() {
        return latest.values().stream().filter(turn -> !turn.isOver()).toList();
    }

    long runningOf(UserId user) {
        return latest.values().stream()
                .filter(turn -> turn.owner().equals(user) && !turn.isOver())
                .count();
    }

    void put(Turn turn) {
        Turn before = latest.put(turn.conversation(), turn);
        if (before != null) {
            forgotten.accept(before);
        }
    }

    /** Forgets the turn if it is the latest; returns whether it was. */
    boolean remove(Turn turn) {
        boolean removed = latest.remove(turn.conversation(), turn);
        if (removed) {
            forgotten.accept(turn);
        }
        return removed;
    }

    /** Makes room for one more conversation of that user; returns whether there is some. */
    boolean makeRoom(UserId user) {
        return makeRoom(limits.conversationsPerUser(), turn -> turn.owner().equals(user))
                && makeRoom(limits.conversations(), _ -> true);
    }

    private boolean makeRoom(int limit, Predicate<Turn> counted) {
        List<Turn> all = latest.values().stream().filter(counted).toList();
        if (all.size() < limit) {
            return true;
        }
        return all.stream()
                .filter(Turn::isOver)
                .min(Comparator.comparingLong(Turn::begunNanos))
                .map(this::remove)
                .orElse(false);
    }

    /** Forgets what has rested long enough, and what rests longest while too much is kept. */
    void forget(long nowNanos) {
        List<Turn> resting =
                latest.values().stream()
                        .filter(Turn::isOver)
                        .sorted(Comparator.comparingLong(Turn::begunNanos))
                        .toList();
        long text = resting.stream().mapToLong(turn -> turn.log().end()).sum();
        for (Turn turn : resting) {
            boolean restedEnough = nowNanos - turn.endedNanos() >= limits.kept().toNanos();
            if (restedEnough || text > limits.keptText()) {
                text -= turn.log().end();
                remove(turn);
            }
        }
    }
}
