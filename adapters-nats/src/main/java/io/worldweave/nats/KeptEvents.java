package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.api.MessageGetRequest;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.worldweave.domain.bus.EventPosition;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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

    /** So many questions of this node may be with the servers; others wait. */
    private static final int QUESTIONS = 64;

    /** So long a message that is published twice with one id counts as one. */
    private static final Duration REPEATED = Duration.ofMinutes(2);

    private static final Map<String, Function<StreamConfiguration, @Nullable Object>> ASPECTS =
            aspects();

    /** Of more deleted messages it is not asked which they are. */
    private static final int DELETED_LIMIT = 10_000;

    /**
     * A stream that was there and is not is asked for again after so long, before it is made anew:
     * who deletes it may make it as it is to be, and a server that is still removing the old one's
     * files (2.9 does so for milliseconds) would remove the new one's.
     */
    private static final Duration SETTLING = Duration.ofMillis(200);

    private static final int NO_STREAM = 10059;
    private static final int NO_MESSAGE = 10037;

    private final NatsSettings.Stream settings;
    private final Line line;
    private final Set<Playback> playbacks = ConcurrentHashMap.newKeySet();
    private final Semaphore questions = new Semaphore(QUESTIONS);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Extent known;
    private volatile String trouble = "no server was asked yet";
    private volatile String differences = "";

    KeptEvents(NatsSettings.Stream settings, Line line) {
        this.settings = settings;
        this.line = line;
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

    /** Has the stream checked at once, and everyone look for what was said meanwhile. */
    void connected() {
        Thread.ofVirtual().name("worldweave-nats-events").start(this::check);
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
        Extent seen =
                Extent.of(ask(connection -> management(connection).getStreamInfo(settings.name())));
        known = seen;
        return seen;
    }

    /** Returns the first message on that subject from that sequence on, or null. */
    @Nullable MessageInfo next(long sequence, String subject)
            throws IOException, JetStreamApiException {
        // from the stream's leader: a replica that may be asked directly may be behind
        byte[] question = MessageGetRequest.nextForSubject(sequence, subject).serialize();
        Message answer = ask(connection -> request(connection, question));
        MessageInfo found = new MessageInfo(answer, settings.name(), false);
        if (found.hasError() && found.getApiErrorCode() == NO_MESSAGE) {
            return null;
        }
        return found.throwOnHasError();
    }

    private Message request(Connection connection, byte[] question) throws IOException {
        try {
            Message answer =
                    connection.request(
                            "$JS.API.STREAM.MSG.GET." + settings.name(), question, ANSWER);
            if (answer == null) {
                throw new IOException("JetStream does not answer");
            }
            return answer;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
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
        StreamInfoOptions details = StreamInfoOptions.builder().deletedDetails().build();
        StreamInfo info =
                ask(connection -> management(connection).getStreamInfo(settings.name(), details));
        List<Long> deleted = info.getStreamState().getDeleted();
        return !Extent.of(info).continues(new EventPosition(now.log(), from))
                || (deleted != null
                        && deleted.stream().anyMatch(gone -> gone > from && gone <= to));
    }

    /** A question to the servers. */
    private interface Question<T> {
        T ask(Connection connection) throws IOException, JetStreamApiException;
    }

    /** Asks when not too many others do. */
    private <T> T ask(Question<T> question) throws IOException, JetStreamApiException {
        Connection connection = line.connected();
        if (connection == null) {
            throw new IOException("no server is connected");
        }
        questions.acquireUninterruptibly();
        try {
            return question.ask(connection);
        } finally {
            questions.release();
        }
    }

    private static JetStreamManagement management(Connection connection) throws IOException {
        return connection.jetStreamManagement(OPTIONS);
    }

    private void watch() {
        do {
            check();
        } while (!isClosedWithin(Pauses.about(settings.check())));
    }

    private synchronized void check() {
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
        StreamInfo there = find();
        if (there == null && known != null && !isClosedWithin(SETTLING.toMillis())) {
            there = find();
        }
        return there != null
                ? there
                : ask(connection -> management(connection).addStream(wanted()));
    }

    /** Returns the stream as it is, or null if there is none. */
    private @Nullable StreamInfo find() throws IOException, JetStreamApiException {
        try {
            return ask(connection -> management(connection).getStreamInfo(settings.name()));
        } catch (JetStreamApiException failure) {
            if (failure.getApiErrorCode() != NO_STREAM) {
                throw failure;
            }
            return null;
        }
    }

    private boolean isClosedWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return true;
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
                .duplicateWindow(settings.age().compareTo(REPEATED) < 0 ? settings.age() : REPEATED)
                .build();
    }

    private void differences(StreamConfiguration there) {
        StreamConfiguration wanted = wanted();
        List<String> found = new ArrayList<>();
        ASPECTS.forEach((name, aspect) -> {
            Object one = aspect.apply(there);
            Object other = aspect.apply(wanted);
            if (!Objects.equals(one, other)) {
                found.add(name + " is " + one + " and not " + other);
            }
        });
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

    /** In what a stream matters to those who read it. */
    private static Map<String, Function<StreamConfiguration, @Nullable Object>> aspects() {
        Map<String, Function<StreamConfiguration, @Nullable Object>> aspects = new TreeMap<>();
        aspects.put("subjects", StreamConfiguration::getSubjects);
        aspects.put("storage", StreamConfiguration::getStorageType);
        aspects.put("retention", StreamConfiguration::getRetentionPolicy);
        aspects.put("max_age", StreamConfiguration::getMaxAge);
        aspects.put("num_replicas", StreamConfiguration::getReplicas);
        aspects.put("max_msgs", StreamConfiguration::getMaxMsgs);
        aspects.put("max_bytes", StreamConfiguration::getMaxBytes);
        aspects.put("max_msgs_per_subject", StreamConfiguration::getMaxMsgsPerSubject);
        aspects.put("max_msg_size", StreamConfiguration::getMaximumMessageSize);
        aspects.put("discard", StreamConfiguration::getDiscardPolicy);
        aspects.put("duplicate_window", StreamConfiguration::getDuplicateWindow);
        aspects.put("sealed", StreamConfiguration::getSealed);
        aspects.put("mirror", StreamConfiguration::getMirror);
        aspects.put("sources", StreamConfiguration::getSources);
        aspects.put("subject_transform", StreamConfiguration::getSubjectTransform);
        return aspects;
    }
}
