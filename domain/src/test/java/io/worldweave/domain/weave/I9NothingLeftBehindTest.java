package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.View;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * I9 Nothing left behind: when streams and turns end, for whatever cause, everything is where it
 * was.
 */
class I9NothingLeftBehindTest {
    @Test
    void streamsAndTurnsThatEndAtRandomLeaveNoWatcherAndNoTimer() {
        Seeded.times(500, this::churn);
    }

    private void churn(Random random) {
        VirtualScheduler time = new VirtualScheduler();
        Node node = new Node(time);
        int timersBefore = time.pendingCount();
        List<Subscription> streams = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            switch (random.nextInt(6)) {
                case 0 -> streams.add(node.watch(Node.BOB, null));
                case 1 -> turns.add(newTurn(random, node, time));
                case 2 -> {
                    if (!turns.isEmpty()) {
                        streams.add(node.follow(turns.get(random.nextInt(turns.size())), null));
                    }
                }
                case 3 -> {
                    if (!streams.isEmpty()) {
                        end(random, streams.remove(random.nextInt(streams.size())));
                    }
                }
                case 4 -> streams.forEach(Subscription::poll);
                default -> time.advance(Duration.ofMillis(random.nextInt(4_000)));
            }
        }
        streams.forEach(stream -> end(random, stream));
        turns.forEach(Turn::stop);

        assertThat(node.subscriptions.openCount()).isZero();
        assertThat(node.world.watcherCount()).isZero();
        assertThat(turns).allMatch(turn -> turn.log().watcherCount() == 0);
        assertThat(time.pendingCount()).as("timers").isEqualTo(timersBefore);
    }

    private static Turn newTurn(Random random, Node node, VirtualScheduler time) {
        Turn turn = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
        ManualNarrator narrator = new ManualNarrator();
        TestTurns.narrate(turn, narrator);
        switch (random.nextInt(4)) {
            case 0 -> narrator.complete();
            case 1 -> narrator.fail();
            case 2 -> narrator.write("Hm. ");
            default -> {}
        }
        return turn;
    }

    private static void end(Random random, Subscription stream) {
        if (random.nextBoolean()) {
            stream.close(CloseReason.SHUTDOWN);
            while (stream.poll() != null) {
                // the goodbye is taken
            }
        }
        stream.close();
        stream.close();
    }

    @Test
    void aStreamThatIsRefusedLeavesNothing() {
        WeaveLimits one =
                new WeaveLimits(
                        Duration.ZERO,
                        1,
                        Duration.ZERO,
                        1,
                        1,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        16,
                        10,
                        1);
        Node node = new Node(new VirtualScheduler(), one);
        Subscription stream = node.watch(Node.BOB, null);

        assertThat(node.subscriptions.watch(node.world, new View.World(Node.BOB), null, () -> {}))
                .isInstanceOf(Subscriptions.Opened.TooMany.class);

        stream.close();
        assertThat(node.subscriptions.openCount()).isZero();
        assertThat(node.world.watcherCount()).isZero();
        node.watch(Node.BOB, null).close();
    }

    @Test
    void aShutdownSaysGoodbyeToEveryStreamAndOpensNoMore() {
        Node node = new Node(new VirtualScheduler());
        Subscription stream = node.watch(Node.BOB, null);
        node.subscriptions.close();

        assertThat(stream.poll()).isEqualTo(new Frame.Closing(CloseReason.SHUTDOWN));
        assertThat(stream.isOver()).isTrue();
        assertThat(node.subscriptions.watch(node.world, new View.World(Node.BOB), null, () -> {}))
                .isInstanceOf(Subscriptions.Opened.Stopping.class);
    }

    @Test
    void aShutdownLetsATurnThatIsOverSayItsDone() {
        VirtualScheduler time = new VirtualScheduler();
        Node node = new Node(time);
        Turn over = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
        Turn running = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
        Subscription ofTheOver = node.follow(over, null);
        Subscription ofTheRunning = node.follow(running, null);
        over.stop();
        node.subscriptions.close();

        assertThat(ofTheOver.poll()).isInstanceOf(Frame.Said.class);
        assertThat(ofTheOver.poll())
                .isInstanceOfSatisfying(
                        Frame.Said.class,
                        said -> assertThat(said.event()).isInstanceOf(TurnEvent.Done.class));
        assertThat(ofTheOver.poll()).isNull();
        assertThat(ofTheOver.isOver()).isTrue();
        assertThat(ofTheRunning.poll()).isEqualTo(new Frame.Closing(CloseReason.SHUTDOWN));
        running.stop();
    }

    @Test
    void theStreamsOfAUserWhoIsNotKnownAnyMoreEndAndNoOthers() {
        Node node = new Node(new VirtualScheduler());
        Subscription alices = node.watch(Node.ALICE, null);
        Subscription bobs = node.watch(Node.BOB, null);
        node.subscriptions.revoke(user -> user.equals(Node.BOB));

        assertThat(alices.poll()).isEqualTo(new Frame.Closing(CloseReason.REVOKED));
        assertThat(alices.isOver()).isTrue();
        assertThat(bobs.poll()).isInstanceOf(Frame.Snapshot.class);
    }

    @Test
    void aWakeThatFailsKeepsNoOtherStreamFromItsGoodbye() {
        Node node = new Node(new VirtualScheduler());
        List<Subscription> good = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            node.subscriptions.watch(
                    node.world,
                    new View.World(Node.BOB),
                    null,
                    () -> {
                        throw new IllegalStateException("a broken transport");
                    });
            good.add(node.watch(Node.ALICE, null));
        }
        node.subscriptions.close();

        assertThat(good)
                .allSatisfy(stream ->
                        assertThat(stream.poll())
                                .isEqualTo(new Frame.Closing(CloseReason.SHUTDOWN)));
    }

    @Test
    void aStreamThatOpensDuringTheShutdownIsToldOfItOrRefused() throws Exception {
        Node node = new Node(new VirtualScheduler());
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 5_000; round++) {
                Subscriptions subscriptions =
                        new Subscriptions(
                                new LocalBus().join(), new VirtualScheduler(), WeaveLimits.DEFAULT);
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Subscriptions.Opened> opening =
                        threads.submit(() -> {
                            together.await();
                            return subscriptions.watch(
                                    node.world, new View.World(Node.BOB), null, () -> {});
                        });
                together.await();
                subscriptions.close();
                if (opening.get() instanceof Subscriptions.Opened.Open(Subscription stream)) {
                    assertThat(stream.poll()).isEqualTo(new Frame.Closing(CloseReason.SHUTDOWN));
                    stream.close();
                }
            }
        }
    }

    @Test
    void aTurnThatIsAddedWhileItsStreamClosesLeavesNoWatcher() throws Exception {
        VirtualScheduler time = new VirtualScheduler();
        Node node = new Node(time);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 5_000; round++) {
                Turn turn = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
                Subscription stream = node.watch(Node.ALICE, null);
                CyclicBarrier together = new CyclicBarrier(2);
                Future<?> adding =
                        threads.submit(() -> {
                            together.await();
                            stream.add(turn);
                            return turn;
                        });
                together.await();
                stream.close();
                adding.get();
                assertThat(turn.log().watcherCount()).isZero();
                turn.stop();
            }
        }
    }
}
