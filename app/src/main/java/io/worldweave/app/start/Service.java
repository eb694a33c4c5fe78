package io.worldweave.app.start;

import io.worldweave.app.config.InvalidSettingException;
import io.worldweave.app.config.Settings;
import io.worldweave.app.http.BodyLimit;
import io.worldweave.app.http.RequestLimit;
import io.worldweave.app.http.StopFilter;
import io.worldweave.app.meter.Gauges;
import io.worldweave.app.meter.MeasuredNarrator;
import io.worldweave.app.meter.RequestMeter;
import io.worldweave.app.security.Access;
import io.worldweave.app.security.AuthenticationFilter;
import io.worldweave.app.time.RealScheduler;
import io.worldweave.app.time.Repeating;
import io.worldweave.domain.author.Authors;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.Schedules;
import io.worldweave.domain.presence.Presences;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.turn.Cast;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.filestore.content.FileExperiences;
import io.worldweave.nats.NatsBus;
import io.worldweave.sse.EventStreams;
import io.worldweave.websocket.Writers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * The service as a whole: what must be there before the first request, and the order of goodbyes.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class Service {
    private static final System.Logger LOG = System.getLogger(Service.class.getName());

    /** So soon the streams of a user end whose last key was taken away. */
    private static final Duration REVOCATION = Duration.ofSeconds(1);

    /** So often it is looked for sessions whose clients take nothing. */
    private static final Duration STALLED_SESSIONS = Duration.ofSeconds(1);

    private static final Set<String> TRANSPORTS = new TreeSet<>(Set.of("sse", "websocket"));

    @Inject Settings settings;
    @Inject Access access;
    @Inject FileExperiences experiences;
    @Inject RealScheduler scheduler;
    @Inject WorldStore store;
    @Inject Bus bus;
    @Inject Worlds worlds;
    @Inject Authors authors;
    @Inject Turns turns;
    @Inject Cast cast;
    @Inject Subscriptions subscriptions;
    @Inject Presences presences;
    @Inject Schedules schedules;
    @Inject EventStreams streams;
    @Inject Writers sessions;
    @Inject Gauges gauges;
    @Inject MetricRegistry registry;

    private volatile boolean serving;

    /** Returns whether requests are served. */
    public boolean isServing() {
        return serving;
    }

    void start(ServletContext context) {
        checkTransports();
        checkStandardExperience();
        gauges.register();
        Filters.add(context, "request-meter", new RequestMeter(registry));
        Filters.add(context, "stop", new StopFilter(this::isServing));
        Filters.add(context, "authentication", new AuthenticationFilter(access.authenticators()));
        Filters.add(context, "request-limit", new RequestLimit(settings.http().requestsPerUser()));
        Filters.add(
                context,
                "body-limit",
                new BodyLimit(settings.http().bodyBytes(), settings.http().restoreBytes()));
        if (access.developmentKeys()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The keys demo-alice, demo-bob and demo-admin work, from this machine only,"
                            + " until there is a {0}",
                    settings.access().credentials());
        }
        Editing editing = new Editing(experiences, authors, scheduler);
        Repeating.start(scheduler, settings.content().refresh(), editing::refresh);
        Repeating.start(scheduler, REVOCATION, () -> subscriptions.revoke(access::knows));
        Repeating.start(scheduler, STALLED_SESSIONS, sessions::cutOffStalled);
        schedules.start();
        serving = true;
        announce();
        LOG.log(
                System.Logger.Level.INFO,
                "Worldweave serves {0} experience(s) from {1}",
                experiences.all().size(),
                settings.content().data());
    }

    /**
     * Stops in order: turns end, streams say goodbye, worlds and the store are let go. To be called
     * once; takes as long as the drain may, at most.
     */
    void stop() {
        serving = false;
        step("schedules", schedules::close);
        step("turns", turns::stopAll);
        step("narrator", this::dismissNarrator);
        step("streams", subscriptions::close);
        step("presence", presences::close);
        step("writers", this::drain);
        step("scheduler", scheduler::close);
        step("worlds", worlds::close);
        step("bus", bus::close);
        step("store", store::close);
    }

    /** Tells whoever watches over services, where somebody can. */
    private void announce() {
        if (bus instanceof NatsBus nats) {
            nats.announcements().ready();
            Repeating.start(
                    scheduler,
                    settings.nats().limits().health(),
                    () ->
                            nats.announcements()
                                    .health(
                                            store.isAvailable()
                                                    ? ""
                                                    : "the store does not answer"));
        }
    }

    private void dismissNarrator() {
        if (cast.narrator() instanceof MeasuredNarrator narrator) {
            narrator.close();
        }
    }

    private void drain() {
        Duration limit = settings.http().drain();
        try {
            long begin = scheduler.nanoTime();
            boolean streamsEnded = streams.drain(limit);
            Duration left = limit.minusNanos(scheduler.nanoTime() - begin);
            if (!sessions.drain(left) || !streamsEnded) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "{0} streams and {1} sessions did not end within {2}",
                        streams.writerCount(),
                        sessions.count(),
                        limit);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** One step that fails keeps no other from being taken. */
    private static void step(String name, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.ERROR, "stopping: " + name, failure);
        }
    }

    private void checkTransports() {
        for (String name : settings.adapters().transports()) {
            if (!TRANSPORTS.contains(name)) {
                throw Choice.unknown("worldweave.transports", name, TRANSPORTS);
            }
        }
    }

    private void checkStandardExperience() {
        if (experiences.find(settings.content().standard()) == null) {
            throw new InvalidSettingException(
                    "worldweave.experience.default is \""
                            + settings.content().standard()
                            + "\", and installed are: "
                            + String.join(
                                    ", ",
                                    experiences.all().stream()
                                            .map(experience -> experience.id().value())
                                            .toList())
                            + ".");
        }
    }
}
