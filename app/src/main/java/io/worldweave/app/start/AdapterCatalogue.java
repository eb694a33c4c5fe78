package io.worldweave.app.start;

import io.worldweave.app.config.InvalidSettingException;
import io.worldweave.app.config.Settings;
import io.worldweave.app.meter.MeasuredNarrator;
import io.worldweave.app.meter.MeasuredStore;
import io.worldweave.app.time.Repeating;
import io.worldweave.database.DatabaseLimits;
import io.worldweave.database.DatabaseWorldStore;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.Talks;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Cast;
import io.worldweave.domain.turn.Narrator;
import io.worldweave.domain.turn.ScriptedNarrator;
import io.worldweave.filestore.git.GitHistory;
import io.worldweave.filestore.world.CopyListener;
import io.worldweave.filestore.world.FileWorldStore;
import io.worldweave.filestore.world.KeptHistory;
import io.worldweave.narrator.Vendor;
import io.worldweave.nats.NatsBus;
import io.worldweave.nats.NatsSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The adapters that there are, and the one of each port that serves it. */
@Dependent
class AdapterCatalogue {
    /** So soon it is noticed that the database is gone, or is back. */
    private static final Duration DATABASE_CHECK = Duration.ofSeconds(1);

    @Produces
    @Adapter("file")
    static WorldStore fileStore(Scheduler scheduler, Settings settings) {
        Settings.Content content = settings.content();
        CopyListener copies = content.git() ? GitHistory.of(content.data()) : CopyListener.NONE;
        FileWorldStore store = new FileWorldStore(content.data(), content.history(), copies);
        Repeating.start(scheduler, content.writeBehind(), store::writeBehind);
        return store;
    }

    @Produces
    @Adapter("database")
    static WorldStore databaseStore(Scheduler scheduler, Settings settings) {
        KeptHistory history = settings.content().history();
        DatabaseWorldStore store =
                new DatabaseWorldStore(
                        WorldsDataSource.of(settings.content().database()),
                        DatabaseLimits.STANDARD.keeping(
                                history.deltas(), history.bytes(), history.age()));
        Repeating.start(scheduler, DATABASE_CHECK, store::writeBehind);
        return store;
    }

    @Produces
    @Adapter("local")
    static Bus localBus() {
        return new LocalBus().join();
    }

    @Produces
    @Adapter("nats")
    static Bus natsBus(Settings settings, NatsBreaker breaker) {
        return connect(settings.nats(), breaker);
    }

    @Produces
    @Adapter("jetstream")
    static Bus jetStreamBus(Settings settings, NatsBreaker breaker) {
        return connect(settings.nats().with(settings.stream()), breaker);
    }

    private static Bus connect(NatsSettings settings, NatsBreaker breaker) {
        try {
            return NatsBus.connect(settings, breaker::attempt);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidSettingException(
                    "The settings of worldweave.nats cannot be used: " + wrong.getMessage());
        }
    }

    @Produces
    @Adapter("scripted")
    static Narrator scriptedNarrator(Scheduler scheduler, Settings settings) {
        return new ScriptedNarrator(scheduler, settings.pace());
    }

    @Produces
    @Adapter("openai")
    static Narrator openAi(Settings settings) {
        return Models.narrator(Vendor.OPENAI, settings.narrator().model());
    }

    @Produces
    @Adapter("anthropic")
    static Narrator anthropic(Settings settings) {
        return Models.narrator(Vendor.ANTHROPIC, settings.narrator().model());
    }

    @Produces
    @Adapter("ollama")
    static Narrator ollama(Settings settings) {
        return Models.narrator(Vendor.OLLAMA, settings.narrator().model());
    }

    @Produces
    @Singleton
    static WorldStore store(
            @Any Instance<WorldStore> stores, MetricRegistry registry, Settings settings) {
        return new MeasuredStore(
                Choice.of(stores, "worldweave.store", settings.adapters().store()), registry);
    }

    @Produces
    @Singleton
    static Bus bus(@Any Instance<Bus> buses, Settings settings) {
        return Choice.of(buses, "worldweave.bus", settings.adapters().bus());
    }

    @Produces
    @Singleton
    static Cast cast(
            @Any Instance<Narrator> narrators,
            Scheduler scheduler,
            MetricRegistry registry,
            Worlds worlds,
            Settings settings) {
        Narrator chosen =
                Choice.of(narrators, "worldweave.narrator", settings.adapters().narrator());
        if (chosen instanceof ScriptedNarrator) {
            return Cast.script(chosen);
        }
        return new Cast(
                new MeasuredNarrator(chosen, registry, scheduler),
                settings.narrator().understudied() ? scriptedNarrator(scheduler, settings) : null,
                settings.narrator().limits(),
                new Talks(worlds, settings.narrator().talks()));
    }
}
