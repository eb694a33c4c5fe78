package io.worldweave.domain.play;

import io.worldweave.domain.time.Rate;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often each player may act, by whatever way: by messages, requests, words, or a model that
 * acts for the player.
 *
 * <p>Thread-safe. Holds those who acted within the last seconds, and at most as many more, or
 * {@link #FEW}.
 */
public final class CommandRates {
    /** Nobody looks for those at rest among so few. */
    static final int FEW = 1_024;

    private final int perSecond;
    private final Scheduler clock;
    private final Map<UserId, Rate> rates = new ConcurrentHashMap<>();
    private final AtomicInteger many = new AtomicInteger(FEW);

    /** Makes rates of {@code perSecond} requests of each player. */
    public CommandRates(int perSecond, Scheduler clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    /** Counts one more request of the player's; false if it is one too many. */
    public boolean admit(UserId player) {
        boolean admitted = rates.computeIfAbsent(player, _ -> new Rate(perSecond, clock)).admits();
        if (rates.size() > many.get()) {
            rates.values().removeIf(Rate::isAtRest);
            many.set(Math.max(FEW, 2 * rates.size()));
        }
        return admitted;
    }

    int known() {
        return rates.size();
    }
}
