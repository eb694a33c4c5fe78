package io.worldweave.narrator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.BriefRule;
import io.worldweave.domain.turn.Cast;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.NarratorLimits;
import io.worldweave.domain.turn.Pace;
import io.worldweave.domain.turn.ScriptedNarrator;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.turn.TurnLog;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.narrator.kit.ModelServer;
import io.worldweave.narrator.kit.Reply;
import io.worldweave.narrator.kit.Said;
import io.worldweave.narrator.kit.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole turns over a model that fails in seeded ways: 10,000 with {@code -Dlong=true}. */
class ModelFaultsTest {
    private static final int FAULTS = Boolean.getBoolean("long") ? 3_400 : 170;
    private static final int AT_ONCE = 16;
    private static final Pattern WISH = Pattern.compile("wish number (\\d+) of mine");

    /** How many calls the model has asked for in answers that were whole, by turn. */
    private final Map<Integer, AtomicInteger> asked = new ConcurrentHashMap<>();

    private final Map<Integer, Random> chance = new ConcurrentHashMap<>();

    /** Real time, each task on a thread of its own. */
    private static final class RealTime implements Scheduler {
        final AtomicInteger waiting = new AtomicInteger();

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public long unixMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            waiting.incrementAndGet();
            Thread thread =
                    Thread.startVirtualThread(() -> {
                        try {
                            Thread.sleep(delay);
                        } catch (InterruptedException cancelled) {
                            return;
                        } finally {
                            waiting.decrementAndGet();
                        }
                        Thread.startVirtualThread(task);
                    });
            return thread::interrupt;
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(240)
    void everyTurnEndsOnceAndNothingHalfDescribedIsRun(WireFormat format) throws Exception {
        RealTime time = new RealTime();
        try (ModelServer server = new ModelServer(format, request -> reply(format, request));
                ModelNarrator narrator =
                        new ModelNarrator(
                                new ModelSettings(
                                        format.vendor(), server.url(), "k", "m", "m", 64, 64));
                ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            Turns turns = turns(narrator, time);
            List<Future<Turn>> all = new ArrayList<>();
            for (int i = 0; i < FAULTS; i++) {
                int number = i;
                chance.put(number, new Random(format.name().hashCode() * 1_000_003L + number));
                all.add(threads.submit(() -> play(turns, number)));
            }
            for (int i = 0; i < FAULTS; i++) {
                check(all.get(i).get(), i);
            }

            await().atMost(5, SECONDS).until(() -> narrator.reading() == 0);
            await().atMost(5, SECONDS).until(() -> server.underWay() == 0);
            turns.stopAll();
            // what is left are those of the worlds, which are tended again and again
            await().atMost(5, SECONDS).until(() -> time.waiting.get() < 10);
        }
    }

    private static Turns turns(ModelNarrator narrator, Scheduler time) {
        Worlds worlds =
                new Worlds(new MemoryWorldStore(), new LocalBus().join(), time, LiveLimits.DEFAULT);
        Duration short1 = Duration.ofMillis(150);
        AtomicInteger ids = new AtomicInteger();
        return new Turns(
                new Players(worlds, new Commands()),
                new Cast(
                        narrator,
                        new ScriptedNarrator(time, Pace.IMMEDIATE),
                        new NarratorLimits(3, 4, short1, short1, 1, Duration.ofMillis(5)),
                        null),
                BriefRule.DEFAULT,
                time,
                TurnLimits.DEFAULT,
                () -> new ConversationId("c" + ids.incrementAndGet()));
    }

    private static Turn play(Turns turns, int number) throws InterruptedException {
        Identity player = new Identity(new UserId("p" + number), Set.of());
        Turns.Begun.Running begun =
                (Turns.Begun.Running)
                        turns.begin(
                                Glade.experience(),
                                player,
                                null,
                                new Request.Spoken("wish number " + number + " of mine"));
        begun.turn().joined();
        begun.work().run();
        while (!begun.turn().isOver()) {
            Thread.sleep(1);
        }
        return begun.turn();
    }

    private void check(Turn turn, int number) {
        List<TurnEvent> events = new ArrayList<>();
        long offset = 0;
        TurnLog.Next next;
        while ((next = turn.log().next(offset, Long.MAX_VALUE)) != null) {
            events.add(next.event());
            offset = next.offset();
        }
        long run = events.stream().filter(TurnEvent.ToolUse.class::isInstance).count();
        int whole = asked.getOrDefault(number, new AtomicInteger()).get();

        assertThat(events).as("turn " + number).last().isInstanceOf(TurnEvent.Done.class);
        assertThat(events).filteredOn(TurnEvent.Done.class::isInstance).hasSize(1);
        assertThat(run).as("commands run in turn " + number).isLessThanOrEqualTo(whole);
    }

    private Reply reply(WireFormat format, String request) {
        Matcher matcher = WISH.matcher(request);
        if (!matcher.find()) {
            throw new AssertionError("an unknown turn");
        }
        int number = Integer.parseInt(matcher.group(1));
        Random random = chance.get(number);
        synchronized (random) {
            List<Said> said = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                said.add(Said.words("word " + i + " "));
            }
            int calls = random.nextInt(3);
            for (int i = 0; i < calls; i++) {
                said.add(Said.call("collect_item", "{\"instance_id\":\"bottle_" + i + "\"}"));
            }
            Reply whole = Reply.of(format, said.toArray(Said[]::new));
            return spoiled(random, whole, number, calls);
        }
    }

    private Reply spoiled(Random random, Reply whole, int number, int calls) {
        int events = whole.events().size();
        return switch (random.nextInt(8)) {
            case 0 -> whole.cutAt(random.nextInt(length(whole) - 260));
            case 1 -> whole.hangingAfter(random.nextInt(Math.max(1, events - 1)));
            case 2 -> Reply.status(429);
            case 3 -> Reply.status(500 + random.nextInt(30));
            case 4 -> Reply.status(400 + random.nextInt(20));
            case 5 -> {
                int place = random.nextInt(events);
                String event = whole.events().get(place);
                String broken = event.substring(0, event.length() / 2) + "\u0000{\n\n";
                if (!event.contains("{")) {
                    asked.computeIfAbsent(number, _ -> new AtomicInteger()).addAndGet(calls);
                }
                yield whole.with(place, broken);
            }
            default -> {
                asked.computeIfAbsent(number, _ -> new AtomicInteger()).addAndGet(calls);
                yield whole;
            }
        };
    }

    private static int length(Reply reply) {
        return 300 + reply.events().stream().mapToInt(String::length).sum();
    }
}
