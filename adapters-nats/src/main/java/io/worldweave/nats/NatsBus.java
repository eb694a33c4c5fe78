package io.worldweave.nats;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.EventPosition;
import io.worldweave.domain.bus.Heard;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.bus.OutsideEvent;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnBus;
import io.worldweave.domain.turn.TurnNews;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import io.worldweave.wire.JsonReader;
import io.worldweave.wire.ReadLimits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bus over NATS: as good as its servers are, and no more needed than any bus (I1). It connects
 * by itself, again and again; as long as no server is there, what is published is dropped and what
 * is listened to is silent.
 *
 * <p>Thread-safe. {@link #close} may take a second or two; nothing else blocks.
 */
public final class NatsBus implements Bus, TurnBus {
    private static final long ASKED_AGAIN_MILLIS = 100;

    /** The header by which streams know repetitions. */
    private static final String MESSAGE_ID = "Nats-Msg-Id";

    private final BusCounters counters = new BusCounters();
    private final NewsJson json;
    private final JsonReader outside;
    private final Ears ears = new Ears(counters);
    private final Line line;
    private final @Nullable KeptEvents kept;
    private final Viewers viewers = new Viewers();
    private final UserCopies copies;
    private final Outbox outbox;
    private final Announcements announcements;
    private volatile boolean closed;

    private NatsBus(NatsSettings settings, Breaker breaker) {
        json = new NewsJson(settings.limits().received());
        outside = JsonReader.withLimits(ReadLimits.REQUEST.withBytes(settings.limits().event()));
        line =
                new Line(
                        () -> ClientOptions.of(settings),
                        settings.limits().retry(),
                        ears::attach,
                        this::connected,
                        counters);
        kept = settings.stream().map(stream -> new KeptEvents(stream, line)).orElse(null);
        copies = new UserCopies(settings.copies(), viewers, kept, counters);
        outbox = new Outbox(line, breaker, copies, settings, counters);
        announcements = new Announcements(settings.name(), outbox::put);
    }

    /**
     * Returns the bus, which connects in its own time.
     *
     * @param breaker what sending goes through
     * @throws IllegalArgumentException if an address, or a file that is named, cannot be used
     */
    public static NatsBus connect(NatsSettings settings, Breaker breaker) {
        ClientOptions.of(settings).build();
        NatsBus bus = new NatsBus(settings, breaker);
        bus.line.begin();
        bus.outbox.begin();
        if (bus.kept != null) {
            bus.kept.begin();
        }
        return bus;
    }

    /** Returns the bus without a breaker. */
    public static NatsBus connect(NatsSettings settings) {
        return connect(settings, Breaker.NONE);
    }

    @Override
    public void publish(News news) {
        outbox.put(new Outgoing.Tell(news));
    }

    @Override
    public Interest listen(WorldId world, Consumer<News> listener) {
        return both(
                ears.listen(
                        Subjects.delta(world),
                        message -> copied(json.readCommits(world, checked(message))),
                        listener),
                ears.listen(
                        Subjects.presence(world),
                        message -> List.of(json.readAttended(world, checked(message))),
                        listener));
    }

    @Override
    public Interest listen(
            UserId user, WorldId world, @Nullable EventPosition since, Consumer<Heard> listener) {
        return both(viewers.add(user, world), hear(user, since, listener));
    }

    private Interest hear(UserId user, @Nullable EventPosition since, Consumer<Heard> listener) {
        String raw = Subjects.rawUser(user);
        List<String> subjects =
                raw == null ? List.of(Subjects.user(user)) : List.of(Subjects.user(user), raw);
        if (kept == null) {
            return hear(
                    subjects,
                    this::outsideEvent,
                    event -> listener.accept(new Heard.Said(event, null)));
        }
        Playback playback = new Playback(kept, subjects, since, this::keptEvent, listener);
        playback.begin();
        Interest live = hear(subjects, this::hint, playback::hear);
        kept.add(playback);
        playback.look();
        return both(live, playback);
    }

    private <T> Interest hear(
            List<String> subjects, Ears.Reading<T> reading, Consumer<T> listener) {
        return subjects.stream()
                .map(subject -> ears.listen(subject, reading, listener))
                .reduce(NatsBus::both)
                .orElseThrow();
    }

    @Override
    public void publish(TurnNews news) {
        outbox.put(new Outgoing.TellTurn(news));
    }

    /**
     * Asks once more before it says that nobody has the turn: where one has just begun, the server
     * may not have heard yet that it is listened to.
     */
    @Override
    public void ask(TurnNews.Watched question, Runnable nobody) {
        Outgoing.AskTurn last = new Outgoing.AskTurn(question, nobody);
        outbox.put(
                new Outgoing.AskTurn(
                        question,
                        () ->
                                CompletableFuture.delayedExecutor(
                                                ASKED_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                                        .execute(() -> outbox.put(last))));
    }

    @Override
    public Interest listen(ConversationId conversation, Consumer<TurnNews> listener) {
        return ears.listen(
                Subjects.turn(conversation),
                message ->
                        List.of(TurnNewsJson.read(conversation, json.readObject(checked(message)))),
                listener);
    }

    private List<News> copied(List<News> commits) {
        if (copies.areForViewers()) {
            for (News news : commits) {
                if (news instanceof News.Committed committed) {
                    outbox.put(new Outgoing.Copy(committed));
                }
            }
        }
        return commits;
    }

    private static Interest both(Interest one, Interest other) {
        return () -> {
            one.close();
            other.close();
        };
    }

    private List<OutsideEvent> outsideEvent(Message message) {
        return UserCopies.isCopy(message.getHeaders()) || closed
                ? List.of()
                : List.of(new OutsideEvent(outside.readObject(message.getData())));
    }

    private List<Hints.Hint> hint(Message message) {
        boolean numbered = message.hasHeaders() && message.getHeaders().containsKey(MESSAGE_ID);
        return outsideEvent(message).stream()
                .map(event -> new Hints.Hint(event, numbered))
                .toList();
    }

    /** Whatever was dropped when it was heard is so again. */
    private @Nullable OutsideEvent keptEvent(MessageInfo message) {
        byte[] data = message.getData();
        if (UserCopies.isCopy(message.getHeaders()) || data == null) {
            return null;
        }
        try {
            return new OutsideEvent(outside.readObject(data));
        } catch (IllegalArgumentException garbage) {
            return null;
        }
    }

    /** What comes after the end is for nobody. */
    private byte[] checked(Message message) {
        if (closed) {
            throw new IllegalArgumentException("the bus is closed");
        }
        return message.getData();
    }

    private void connected() {
        announcements.connected();
        if (kept != null) {
            kept.connected();
        }
    }

    /** Returns what this node tells of itself. */
    public Announcements announcements() {
        return announcements;
    }

    /** Returns whether a server is connected now. */
    public boolean isConnected() {
        return line.connected() != null;
    }

    /** Returns what keeps the bus from carrying news, or nothing. */
    public String trouble() {
        String trouble = line.trouble();
        if (trouble.isEmpty() && outbox.isFailing()) {
            return "what was tried last was not sent";
        }
        return trouble.isEmpty() && kept != null ? kept.trouble() : trouble;
    }

    /** Returns in what the stream is other than the settings say, or nothing. */
    public String streamDifferences() {
        return kept == null ? "" : kept.differences();
    }

    /** Returns whether nothing that was heard for users is still looked for in the stream. */
    boolean hasLooked() {
        return kept == null || kept.hasLooked();
    }

    /** Returns how many subjects this node listens to. */
    public int subjectCount() {
        return ears.subjectCount();
    }

    /** Returns how much news waits to be sent. */
    public int waiting() {
        return outbox.waiting();
    }

    public BusCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        announcements.leave();
        closed = true;
        outbox.close();
        if (kept != null) {
            kept.close();
        }
        line.close();
    }
}
