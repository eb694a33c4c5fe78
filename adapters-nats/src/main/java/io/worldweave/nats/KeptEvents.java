package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The JetStream stream that keeps what is said to users. It is made where it is not there, and used
 * as it is where it is: what differs from the settings is told and left alone.
 *
 * <p>Thread-safe. Questions to the servers block for {@link #ANSWER} at most.
 */
final class KeptEvents implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KeptEvents.class.getName());

    private static final String SUBJECTS = "world.updates.>";

    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final JetStreamOptions OPTIONS =
            JetStreamOptions.builder().requestTimeout(ANSWER).build();

    /** So many copies may be on their way to the stream; more are dropped. */
    private static final int IN_FLIGHT = 1_000;

    /** Of more deleted messages it is not asked which they are. */
    private static final int DELETED_LIMIT = 10_000;

    private static final int NO_STREAM = 10059;
    private static final int NO_MESSAGE = 10037;

    private final NatsSettings.Stream settings;
    private final Line line;
    private final BusCounters counters;
    private final Set<Playback> playbacks = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Extent known;
    private volatile String trouble = "no server was asked yet";
    private volatile String differences = "";

    KeptEvents(NatsSettings.Stream settings, Line line, BusCounters counters) {
        this.settings = settings;
        this.line = line;
        this.counters = counters;
    }

    void begin() {
        Thread.ofVirtual().name("worldweave-nats-events").start(this::watch);
    }

    /** Returns what keeps the stream from being used, or nothing. */
    String trouble() {
        return trouble;
    }

    /** Returns in what the stream is other than the settings say, or nothing. */
    String differences() {
        return differences;
    }

    /** Returns what was seen last, or null if the stream was never seen. */
    @Nullable Extent known() {
        return known;
    }

    void add(Playback playback) {
        playbacks.add(playback);
    }

    void remove(Playback playback) {
        playbacks.remove(playback);
    }

    /** Has everyone look for what was said while no server was there. */
    void connected() {
        playbacks.forEach(Playback::look);
    }

    /** Returns whether nobody looks for anything now. */
    boolean hasLooked() {
        return playbacks.stream().noneMatch(Playback::isLooking);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    /** Returns what the stream holds now. */
    Extent extent() throws IOException, JetStreamApiException {
        Extent seen = Extent.of(management().getStreamInfo(settings.name()));
        known = seen;
        return seen;
    }

    /** Returns the first message on that subject from that sequence on, or null. */
    @Nullable MessageInfo next(long sequence, String subject)
            throws IOException, JetStreamApiException {
        try {
            return management().getNextMessage(settings.name(), sequence, subject);
        } catch (JetStreamApiException failure) {
            if (failure.getApiErrorCode() == NO_MESSAGE) {
                return null;
            }
            throw failure;
        }
    }

    /**
     * Returns whether a message behind {@code from}, up to {@code to}, may have been deleted from
     * between others.
     */
    boolean isDeleted(Extent now, long from, long to) throws IOException, JetStreamApiException {
        if (now.deleted() == 0) {
            return false;
        }
        if (now.deleted() > DELETED_LIMIT) {
            return true;
        }
        StreamInfo info =
                management()
                        .getStreamInfo(
                                settings.name(),
                                StreamInfoOptions.builder().deletedDetails().build());
        List<Long> deleted = info.getStreamState().getDeleted();
        return deleted != null && deleted.stream().anyMatch(gone -> gone > from && gone <= to);
    }

    /**
     * Gives a message to the stream, which drops it if it has one with that id. It does not wait
     * for the answer; one that is refused, or finds too many on their way, is counted.
     */
    void publish(Connection connection, String subject, Headers headers, byte[] text, String id) {
        if (inFlight.incrementAndGet() > IN_FLIGHT) {
            inFlight.decrementAndGet();
            counters.unsent.increment();
            return;
        }
        try {
            var _ =
                    connection
                            .jetStream(OPTIONS)
                            .publishAsync(
                                    subject,
                                    headers,
                                    text,
                                    PublishOptions.builder().messageId(id).build())
                            .whenComplete((answer, failure) -> {
                                inFlight.decrementAndGet();
                                if (failure != null) {
                                    counters.unsent.increment();
                                }
                            });
        } catch (IOException | RuntimeException failure) {
            inFlight.decrementAndGet();
            throw new IllegalStateException("the stream takes nothing", failure);
        }
    }

    private JetStreamManagement management() throws IOException {
        Connection connection = line.connected();
        if (connection == null) {
            throw new IOException("no server is connected");
        }
        return connection.jetStreamManagement(OPTIONS);
    }

    private void watch() {
        try {
            do {
                check();
            } while (!closed.await(pause(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nodes do not ask all at once. */
    private long pause() {
        return settings.check().toMillis() * (75 + ThreadLocalRandom.current().nextInt(50)) / 100;
    }

    private void check() {
        try {
            StreamInfo info = found();
            Extent seen = Extent.of(info);
            known = seen;
            differences(info.getConfiguration());
            if (!trouble.isEmpty()) {
                LOG.log(Level.INFO, "NATS: the stream {0} keeps events", settings.name());
            }
            trouble = "";
            playbacks.forEach(playback -> playback.check(seen));
        } catch (IOException | JetStreamApiException | RuntimeException failure) {
            trouble(failure);
        }
    }

    private StreamInfo found() throws IOException, JetStreamApiException {
        JetStreamManagement management = management();
        try {
            return management.getStreamInfo(settings.name());
        } catch (JetStreamApiException failure) {
            if (failure.getApiErrorCode() != NO_STREAM) {
                throw failure;
            }
            return management.addStream(wanted());
        }
    }

    private void trouble(Exception failure) {
        String said = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        if (line.connected() != null && !said.equals(trouble)) {
            LOG.log(
                    Level.WARNING,
                    "NATS: the stream {0} cannot be used, events are not kept: {1}",
                    settings.name(),
                    said);
        }
        trouble = said;
    }

    private StreamConfiguration wanted() {
        return StreamConfiguration.builder()
                .name(settings.name())
                .subjects(SUBJECTS)
                .storageType(StorageType.File)
                .retentionPolicy(RetentionPolicy.Limits)
                .maxAge(settings.age())
                .replicas(settings.replicas())
                .build();
    }

    private void differences(StreamConfiguration there) {
        StreamConfiguration wanted = wanted();
        List<String> found = new ArrayList<>();
        differ(found, "its subjects are", there.getSubjects(), wanted.getSubjects());
        differ(found, "its storage is", there.getStorageType(), wanted.getStorageType());
        differ(found, "its retention is", there.getRetentionPolicy(), wanted.getRetentionPolicy());
        differ(found, "its longest age is", there.getMaxAge(), wanted.getMaxAge());
        differ(found, "its replicas are", there.getReplicas(), wanted.getReplicas());
        String now = String.join("; ", found);
        if (!now.equals(differences) && !now.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "NATS: the stream {0} is not as the settings say and is used as it is: {1}",
                    settings.name(),
                    now);
        }
        differences = now;
    }

    private static void differ(List<String> found, String what, Object there, Object wanted) {
        if (!there.equals(wanted)) {
            found.add(what + " " + there + " and not " + wanted);
        }
    }
}
