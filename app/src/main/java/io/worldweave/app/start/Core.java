package io.worldweave.app.start;

import io.worldweave.app.config.Settings;
import io.worldweave.app.security.Access;
import io.worldweave.app.time.RealScheduler;
import io.worldweave.domain.author.Authors;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.CommandRates;
import io.worldweave.domain.play.Custodians;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Publishers;
import io.worldweave.domain.play.Schedules;
import io.worldweave.domain.play.Travellers;
import io.worldweave.domain.presence.Presences;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Cast;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.Relay;
import io.worldweave.domain.turn.TurnBus;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.filestore.content.FileExperiences;
import io.worldweave.websocket.AllowedOrigins;
import io.worldweave.websocket.SessionLimits;
import io.worldweave.wire.CursorToken;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/** The domain, put together: one of each. */
@Dependent
class Core {
    /** An id that nobody can guess. */
    private static final int CONVERSATION_ID_BYTES = 16;

    @Produces
    @Singleton
    static Settings settings(Config config) {
        return Settings.read(config);
    }

    @Produces
    @Singleton
    static RealScheduler scheduler() {
        return new RealScheduler();
    }

    @Produces
    @Singleton
    static Access access(Settings settings, Scheduler scheduler) {
        return Access.of(settings, scheduler::nanoTime);
    }

    @Produces
    @Singleton
    static Worlds worlds(WorldStore store, Bus bus, Scheduler scheduler, Settings settings) {
        return new Worlds(store, bus, scheduler, settings.worlds());
    }

    @Produces
    @Singleton
    static Players players(Worlds worlds, Authors authors, Scheduler scheduler, Settings settings) {
        CommandRates rates = new CommandRates(settings.playerRate(), scheduler);
        return new Players(worlds, new Commands(), authors, rates::admit);
    }

    @Produces
    @Singleton
    static Travellers travellers(Worlds worlds, Players players, Settings settings) {
        return new Travellers(worlds, players, settings.zones().radiusMetres());
    }

    @Produces
    @Singleton
    static Publishers publishers(Worlds worlds) {
        return new Publishers(worlds);
    }

    @Produces
    @Singleton
    static Custodians custodians(Worlds worlds) {
        return new Custodians(worlds);
    }

    @Produces
    @Singleton
    static Schedules schedules(
            FileExperiences experiences, Worlds worlds, Authors authors, Scheduler scheduler) {
        return new Schedules(experiences, worlds, authors, new Commands(), scheduler);
    }

    /** Turns cross nodes where the bus carries them. */
    @Produces
    @Singleton
    static Relay relay(Bus bus, Worlds worlds, Scheduler scheduler) {
        TurnBus turns = bus instanceof TurnBus carrier ? carrier : TurnBus.ALONE;
        return new Relay(turns, worlds::find, scheduler);
    }

    @Produces
    @Singleton
    static Turns turns(
            Players players, Cast cast, Relay relay, Scheduler scheduler, Settings settings) {
        SecureRandom random = new SecureRandom();
        return new Turns(
                players,
                cast,
                settings.narrator().brief(),
                scheduler,
                settings.turns(),
                () -> newConversation(random),
                relay);
    }

    @Produces
    @Singleton
    static Subscriptions subscriptions(Bus bus, Scheduler scheduler, Settings settings) {
        return new Subscriptions(bus, scheduler, settings.streams());
    }

    @Produces
    @Singleton
    static SessionLimits sessionLimits(Settings settings) {
        return settings.sessions();
    }

    @Produces
    @Singleton
    static AllowedOrigins allowedOrigins(Settings settings) {
        return settings.origins();
    }

    @Produces
    @Singleton
    static Presences presences(Bus bus, Scheduler scheduler, Settings settings) {
        String node = UUID.randomUUID().toString();
        return new Presences(bus, scheduler, node, settings.zones().presence());
    }

    @Produces
    @Singleton
    static CursorToken cursorToken(Settings settings) {
        return new CursorToken(CursorKey.of(settings.access(), settings.content().data()));
    }

    private static ConversationId newConversation(SecureRandom random) {
        byte[] bytes = new byte[CONVERSATION_ID_BYTES];
        random.nextBytes(bytes);
        return new ConversationId(HexFormat.of().formatHex(bytes));
    }
}
