package io.worldweave.app.meter;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.turn.TurnCounters;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.weave.WeaveCounters;
import io.worldweave.filestore.content.FileExperiences;
import io.worldweave.nats.BusCounters;
import io.worldweave.nats.NatsBus;
import io.worldweave.sse.EventStreams;
import io.worldweave.websocket.Writers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Shows the numbers that the parts of the service keep themselves. Those that end in {@code _total}
 * only ever rise.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class Gauges {
    @Inject MetricRegistry registry;
    @Inject Subscriptions subscriptions;
    @Inject EventStreams writers;
    @Inject Writers sessions;
    @Inject Turns turns;
    @Inject Worlds worlds;
    @Inject WorldStore store;
    @Inject FileExperiences experiences;
    @Inject Bus bus;

    /** Registers all of them. */
    public void register() {
        WeaveCounters weave = subscriptions.counters();
        add("streams_open", "Streams that are open", subscriptions::openCount);
        add("writers", "HTTP answers that are being written", writers::writerCount);
        add("sessions", "Sessions over WebSocket", sessions::count);
        add("turns_running", "Turns that run", turns::runningCount);
        add("worlds", "Worlds at work on this node", worlds::openCount);
        add("worlds_damaged", "Worlds that were found damaged", () -> store.damaged().size());
        add("content_problems", "Problems in experiences", () -> experiences.problems().size());
        add("frames_total", "Frames given to writers", weave::frames);
        add("snapshots_total", "Snapshots among the frames", weave::snapshots);
        add("squashes_total", "Times deltas became their net effect", weave::squashes);
        add(
                "fences_passed_total",
                "Times narrative went without its revision",
                weave::fencesPassed);
        TurnCounters told = turns.counters();
        add("narrator_retries_total", "Times a model was asked again", told::retries);
        add("narrator_stand_ins_total", "Times the script told it instead", told::standIns);
        add("narrator_commands_total", "Commands run for models", told::callsRun);
        add("narrator_refused_total", "Tool calls that were not run", told::callsRefused);
        told.listen((model, kind) ->
                registry.counter(
                                "worldweave_narrator_failures",
                                new Tag("model", model),
                                new Tag("kind", kind.name().toLowerCase(Locale.ROOT)))
                        .inc());
        add("stalls_total", "Streams closed because nothing was taken", weave::stalls);
        add("outside_dropped_total", "Events of others dropped unread", weave::outsideDropped);
        if (bus instanceof NatsBus nats) {
            register(nats);
        }
    }

    private void register(NatsBus nats) {
        BusCounters counters = nats.counters();
        add(
                "nats_connected",
                "Whether a NATS server is connected",
                () -> nats.isConnected() ? 1 : 0);
        add("nats_subjects", "Subjects that are listened to", nats::subjectCount);
        add("nats_waiting", "News that waits to be sent", nats::waiting);
        add("nats_connects_total", "Times a server was connected", counters::connects);
        add("nats_sent_total", "Messages sent", counters::sent);
        add("nats_unsent_total", "News that was not sent", counters::unsent);
        add("nats_received_total", "Messages that came", counters::received);
        add("nats_garbage_total", "Messages that could not be read", counters::garbage);
    }

    private void add(String name, String description, Supplier<Number> value) {
        registry.gauge(
                Metadata.builder()
                        .withName("worldweave_" + name)
                        .withDescription(description)
                        .withUnit(MetricUnits.NONE)
                        .build(),
                value);
    }
}
