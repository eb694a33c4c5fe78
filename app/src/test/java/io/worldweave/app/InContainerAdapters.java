package io.worldweave.app;

import io.worldweave.app.config.Settings;
import io.worldweave.app.start.Adapter;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Narration;
import io.worldweave.domain.turn.Narrator;
import io.worldweave.domain.turn.Scene;
import io.worldweave.domain.turn.ScriptedNarrator;
import io.worldweave.domain.turn.Tier;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;

/**
 * Adapters that are counted when they are made, of each port one that is chosen and one that is
 * not.
 */
@Dependent
public class InContainerAdapters {
    static final String CHOSEN = "counted";
    private static final String NOT_CHOSEN = "left-out";

    private static final Map<String, Integer> MADE = new ConcurrentHashMap<>();

    /** Returns how many were made, by what they are. */
    static Map<String, Integer> made() {
        return Map.copyOf(MADE);
    }

    @Produces
    @Adapter(CHOSEN)
    static Narrator narrator(Scheduler scheduler, Settings settings) {
        count("the chosen narrator");
        return new Observed(new ScriptedNarrator(scheduler, settings.pace()));
    }

    @Produces
    @Adapter(NOT_CHOSEN)
    static Narrator otherNarrator(Scheduler scheduler, Settings settings) {
        count("another narrator");
        return new ScriptedNarrator(scheduler, settings.pace());
    }

    @Produces
    @Adapter(CHOSEN)
    static Bus bus() {
        count("the chosen bus");
        return new LocalBus().join();
    }

    @Produces
    @Adapter(NOT_CHOSEN)
    static Bus otherBus() {
        count("another bus");
        return new LocalBus().join();
    }

    @Produces
    @Adapter(NOT_CHOSEN)
    static WorldStore otherStore() {
        count("another store");
        throw new IllegalStateException("this store is never chosen");
    }

    private static void count(String adapter) {
        MADE.merge(adapter, 1, Integer::sum);
    }

    /** Returns what there was for the turn of {@code message}, which has been narrated. */
    static Surroundings seenBy(String message) {
        return Observed.SEEN.get(message);
    }

    /** Notes what the thread that a turn works on can reach. */
    private record Observed(Narrator narrator) implements Narrator {
        private static final Map<String, Surroundings> SEEN = new ConcurrentHashMap<>();

        @Override
        public String model(Tier tier) {
            return narrator.model(tier);
        }

        @Override
        public Flow.Publisher<Narration> narrate(Scene scene) {
            SEEN.put(scene.message(), Surroundings.ofThisThread());
            return narrator.narrate(scene);
        }
    }
}
