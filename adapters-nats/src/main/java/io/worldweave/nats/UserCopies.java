package io.worldweave.nats;

import io.nats.client.Connection;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.live.Projection;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.Encoding;
import io.worldweave.wire.Utf8Buffer;
import io.worldweave.wire.WireVersion;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Copies of {@code world_update}s for the users who caused them or look at them, for programs that
 * listen where others speak to a user. A header marks them, so that no node takes one for something
 * said.
 */
final class UserCopies {
    private static final String MARK = "Worldweave-Copy";

    /** So many copies may be on their way to the stream; more are dropped. */
    private static final int IN_FLIGHT = 1_000;

    private final NatsSettings.Copies copies;
    private final Viewers viewers;
    private final @Nullable KeptEvents kept;
    private final BusCounters counters;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * @param viewers who has streams on this node
     * @param kept where copies are kept, or null
     */
    UserCopies(
            NatsSettings.Copies copies,
            Viewers viewers,
            @Nullable KeptEvents kept,
            BusCounters counters) {
        this.counters = counters;
        this.copies = copies;
        this.viewers = viewers;
        this.kept = kept;
    }

    static boolean isCopy(@Nullable Headers headers) {
        return headers != null && headers.containsKey(MARK);
    }

    /** Returns whether what other nodes commit has copies here, too. */
    boolean areForViewers() {
        return copies == NatsSettings.Copies.VIEWERS;
    }

    /** Sends what was committed here to whoever gets copies of it. */
    void send(Connection connection, News.Committed news) {
        Actor actor = news.delta().actor();
        if (copies != NatsSettings.Copies.OFF && actor instanceof Actor.User(UserId user)) {
            send(connection, news, user);
        }
        if (copies == NatsSettings.Copies.VIEWERS) {
            sendToOthers(connection, news);
        }
    }

    /** Sends what was committed to those who look at it here, but for the one who caused it. */
    void sendToOthers(Connection connection, News.Committed news) {
        for (UserId viewer : viewers.of(news.world())) {
            if (!news.delta().actor().equals(Actor.of(viewer))) {
                send(connection, news, viewer);
            }
        }
    }

    /** Sends what the user is shown of it, if anything. */
    private void send(Connection connection, News.Committed news, UserId user) {
        Delta delta = news.delta();
        if (news.world() instanceof WorldId.Profile) {
            return;
        }
        Set<Part> shown = Set.of(Part.SHARED, Part.own(user));
        List<Change> changes =
                delta.changes().stream().filter(change -> shown.contains(change.part())).toList();
        Projection projection =
                new Projection(
                        news.world(),
                        delta.actor(),
                        delta.cause(),
                        delta.timestampMillis(),
                        changes);
        if (!changes.isEmpty()
                && WireVersion.DEFAULT.encode(projection) instanceof Encoding.Encoded(var update)) {
            Utf8Buffer text = new Utf8Buffer(update.sharedBytes() + 64);
            update.writeTo(text, delta.base(), delta.revision());
            if (text.size() < connection.getMaxPayload()) {
                publish(connection, news, Subjects.user(user), text.toByteArray());
            }
        }
    }

    private void publish(Connection connection, News.Committed news, String subject, byte[] text) {
        Headers headers = new Headers().put(MARK, "actor");
        if (kept != null && kept.trouble().isEmpty()) {
            String id =
                    Subjects.delta(news.world())
                            + "/"
                            + news.epoch()
                            + "/"
                            + news.delta().revision();
            keep(connection, subject, headers, text, id);
        } else {
            connection.publish(subject, headers, text);
        }
    }

    /**
     * Gives a copy to the stream, which drops it if it has one with that id. The answer is not
     * waited for; one that is refused, or finds too many on their way, is counted.
     */
    private void keep(
            Connection connection, String subject, Headers headers, byte[] text, String id) {
        if (inFlight.incrementAndGet() > IN_FLIGHT) {
            inFlight.decrementAndGet();
            counters.unsent.increment();
            return;
        }
        try {
            PublishOptions once = PublishOptions.builder().messageId(id).build();
            var _ =
                    connection
                            .jetStream()
                            .publishAsync(subject, headers, text, once)
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
}
