package io.worldweave.nats;

import io.nats.client.Connection;
import io.worldweave.domain.bus.News;
import io.worldweave.domain.turn.TurnNews;
import io.worldweave.domain.world.Delta;
import io.worldweave.wire.JsonWriter;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What waits to be told. Whoever publishes hands it over and goes on; one thread writes and sends
 * it. Deltas of one world that wait together share a message (I11); what finds no room, or no
 * server, is dropped, for the store has it (I1).
 *
 * <p>Thread-safe.
 */
final class Outbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    /** So much is looked at together. */
    private static final int BATCH = 256;

    /** So many messages the client library may hold; more wait here. */
    private static final int HANDED_OVER = 1_000;

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final BlockingQueue<Outgoing> waiting;
    private final Line line;
    private final Breaker breaker;
    private final UserCopies copies;
    private final BusCounters counters;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean failing;
    private volatile boolean closed;

    Outbox(
            Line line,
            Breaker breaker,
            UserCopies copies,
            NatsSettings settings,
            BusCounters counters) {
        this.waiting = new LinkedBlockingQueue<>(settings.limits().waiting());
        this.line = line;
        this.breaker = breaker;
        this.copies = copies;
        this.counters = counters;
    }

    void begin() {
        Thread.ofVirtual().name("worldweave-nats-send").start(this::work);
    }

    /** Hands something over; never blocks. */
    void put(Outgoing outgoing) {
        if (closed || !waiting.offer(outgoing)) {
            counters.unsent.increment();
            dropped(outgoing);
        }
    }

    /** Returns how much waits. */
    int waiting() {
        return waiting.size();
    }

    /** Returns whether what was tried last could not be sent. */
    boolean isFailing() {
        return failing;
    }

    /** Sends what waits, if that takes no more than a second, and nothing afterwards. */
    @Override
    public void close() {
        closed = true;
        try {
            ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
            Connection connection = line.connected();
            if (connection != null) {
                connection.flush(GOODBYE);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException slow) {
            LOG.log(Level.DEBUG, "NATS took no goodbye", slow);
        }
    }

    private void work() {
        List<Outgoing> batch = new ArrayList<>(BATCH);
        try {
            while (!closed || !waiting.isEmpty()) {
                Outgoing first = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    send(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void send(List<Outgoing> batch) throws InterruptedException {
        for (int i = 0; i < batch.size(); ) {
            awaitRoom();
            int end = together(batch, i);
            List<Outgoing> one = batch.subList(i, end);
            try {
                breaker.attempt(() -> send(connection(), one));
                failing = false;
                counters.sent.increment();
            } catch (RuntimeException failure) {
                failing = true;
                counters.unsent.add(one.size());
                one.forEach(Outbox::dropped);
                LOG.log(Level.DEBUG, "not sent", failure);
            }
            i = end;
        }
    }

    /** Whoever waits for an answer shall not wait in vain. */
    private static void dropped(Outgoing outgoing) {
        if (outgoing instanceof Outgoing.AskTurn question) {
            question.nobody().run();
        }
    }

    /** A server that takes nothing makes this thread wait, until it is given up. */
    private void awaitRoom() throws InterruptedException {
        Connection connection;
        while ((connection = line.connected()) != null
                && connection.outgoingPendingMessageCount() >= HANDED_OVER) {
            Thread.sleep(1);
        }
    }

    private Connection connection() {
        Connection connection = line.connected();
        if (connection == null) {
            throw new IllegalStateException("no server is connected");
        }
        return connection;
    }

    /** Returns where that ends which can share a message with the first. */
    private static int together(List<Outgoing> batch, int from) {
        int end = from + 1;
        while (end < batch.size() && goesOn(batch.get(end - 1), batch.get(end))) {
            end++;
        }
        return end;
    }

    private static boolean goesOn(Outgoing before, Outgoing next) {
        return before instanceof Outgoing.Tell(News.Committed one)
                && next instanceof Outgoing.Tell(News.Committed other)
                && one.world().equals(other.world())
                && one.epoch().equals(other.epoch());
    }

    private void send(Connection connection, List<Outgoing> together) {
        switch (together.getFirst()) {
            case Outgoing.Copy(var news) -> copies.sendToOthers(connection, news);
            case Outgoing.Say(var subject, var content) ->
                    connection.publish(subject, JsonWriter.compact(content));
            case Outgoing.TellTurn(TurnNews.Told told) -> told(connection, told);
            case Outgoing.TellTurn(var news) ->
                    connection.publish(
                            Subjects.turn(news.conversation()),
                            JsonWriter.compact(TurnNewsJson.write(news)));
            case Outgoing.AskTurn(var question, var nobody) -> {
                // the server says at once if nobody listens; who listens answers by telling
                var _ =
                        connection
                                .request(
                                        Subjects.turn(question.conversation()),
                                        JsonWriter.compact(TurnNewsJson.write(question)))
                                .whenComplete((answer, failure) -> nobody.run());
            }
            case Outgoing.Tell(News.Attended attended) ->
                    connection.publish(
                            Subjects.presence(attended.world()),
                            JsonWriter.compact(NewsJson.attended(attended)));
            case Outgoing.Tell(News.Moved moved) -> moved(connection, moved);
            case Outgoing.Tell(News.Committed first) -> {
                List<News.Committed> all = new ArrayList<>();
                for (Outgoing each : together) {
                    if (each instanceof Outgoing.Tell(News.Committed news)) {
                        all.add(news);
                    }
                }
                deltas(connection, first, all.stream().map(News.Committed::delta).toList());
                all.forEach(news -> copies.send(connection, news));
            }
        }
    }

    private static void told(Connection connection, TurnNews.Told told) {
        byte[] message = JsonWriter.compact(TurnNewsJson.write(told));
        List<TurnNews.Piece> pieces = told.pieces();
        if (message.length <= connection.getMaxPayload() || pieces.size() < 2) {
            connection.publish(Subjects.turn(told.conversation()), message);
            return;
        }
        int half = pieces.size() / 2;
        List<TurnNews.Piece> first = pieces.subList(0, half);
        long middle = told.offset() + first.stream().mapToLong(TurnNews.Piece::length).sum();
        told(connection, new TurnNews.Told(told.conversation(), told.turn(), told.offset(), first));
        told(
                connection,
                new TurnNews.Told(
                        told.conversation(),
                        told.turn(),
                        middle,
                        pieces.subList(half, pieces.size())));
    }

    /** Sends deltas in as few messages as the server takes; one that is too long is named only. */
    private static void deltas(Connection connection, News.Committed first, List<Delta> deltas) {
        byte[] message = JsonWriter.compact(NewsJson.deltas(first.epoch(), deltas));
        if (message.length <= connection.getMaxPayload()) {
            connection.publish(Subjects.delta(first.world()), message);
        } else if (deltas.size() > 1) {
            int half = deltas.size() / 2;
            deltas(connection, first, deltas.subList(0, half));
            deltas(connection, first, deltas.subList(half, deltas.size()));
        } else {
            long revision = deltas.getFirst().revision();
            moved(connection, new News.Moved(first.world(), first.epoch(), revision));
        }
    }

    private static void moved(Connection connection, News.Moved moved) {
        connection.publish(
                Subjects.delta(moved.world()),
                JsonWriter.compact(NewsJson.moved(moved.epoch(), moved.revision())));
    }
}
