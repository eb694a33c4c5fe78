package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * I6 Bounded, not killed: a slow client gets the net effect, then a snapshot; only one that takes
 * nothing is closed.
 */
class I6BoundedNotKilledTest {
    private final VirtualScheduler time = new VirtualScheduler();
    private final Node node =
            new Node(
                    time,
                    new MemoryWorldStore(),
                    new LocalBus().join(),
                    LiveLimits.DEFAULT.withLogDeltas(200),
                    WeaveLimits.DEFAULT);
    private final Replica bob = new Replica(Node.BOB);
    private final Subscription stream = node.watch(Node.BOB, null);

    private void clock(int value) {
        node.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(value)));
    }

    @Test
    void manyWaitingDeltasAreSquashedToTheirNetEffect() {
        bob.takeAll(stream);
        for (int i = 1; i <= WeaveLimits.DEFAULT.squashAfter() + 1; i++) {
            clock(i);
        }

        bob.takeAll(stream);

        assertThat(bob.updates()).isEqualTo(1);
        assertThat(bob.snapshots()).isEqualTo(1);
        assertThat(node.subscriptions.counters().squashes()).isEqualTo(1);
        bob.assertSees(node.world.head());
    }

    @Test
    void whatCancelsOutIsNotTold() {
        bob.takeAll(stream);
        Pointer bottle = Pointer.of("shelf", "items", "bottle");
        JsonObject item = JsonObject.of(Json.INSTANCE_ID, Json.of("bottle"));
        for (int i = 0; i <= WeaveLimits.DEFAULT.squashAfter(); i += 2) {
            node.commit(new Change.Add(Part.SHARED, bottle, item));
            node.commit(new Change.Remove(Part.SHARED, bottle));
        }

        assertThat(stream.poll()).isNull();
        clock(7);
        bob.takeAll(stream);
        bob.assertSees(node.world.head());
    }

    @Test
    void whatTheLogNoLongerHasIsReplacedByASnapshot() {
        bob.takeAll(stream);
        for (int i = 1; i <= 201; i++) {
            clock(i);
        }

        bob.takeAll(stream);

        assertThat(bob.updates()).isZero();
        assertThat(bob.snapshots()).isEqualTo(2);
        bob.assertSees(node.world.head());
    }

    @Test
    void aNetEffectThatIsTooLargeIsReplacedByASnapshot() {
        bob.takeAll(stream);
        for (int i = 0; i < 100; i++) {
            int delta = i;
            node.commit(
                    Node.ALICE,
                    _ ->
                            IntStream.range(0, 6)
                                    .<Change>mapToObj(n ->
                                            new Change.Add(
                                                    Part.SHARED,
                                                    Pointer.of("m" + delta + "_" + n),
                                                    Json.of(n)))
                                    .toList());
        }

        bob.takeAll(stream);

        assertThat(bob.snapshots()).isEqualTo(2);
        bob.assertSees(node.world.head());
    }

    @Test
    void waitingNarrativeIsPutTogetherByteForByte() {
        Seeded.times(
                500,
                random -> {
                    VirtualScheduler clock = new VirtualScheduler();
                    Node shop = new Node(clock);
                    Turn turn = TestTurns.begin(shop.world, Node.ALICE, clock, TurnLimits.DEFAULT);
                    ManualNarrator narrator = new ManualNarrator();
                    TestTurns.narrate(turn, narrator);
                    Replica alice = new Replica(Node.ALICE, turn.world().head());
                    Subscription talk = shop.follow(turn, null);
                    StringBuilder written = new StringBuilder();
                    int frames = 0;
                    for (int i = 0; i < 200; i++) {
                        String chunk =
                                "wörd🙂".substring(0, random.nextInt(5))
                                        + i
                                        + (i % 9 == 0 ? "\n" : " ");
                        narrator.write(chunk);
                        written.append(chunk);
                        Frame frame = random.nextInt(10) == 0 ? talk.poll() : null;
                        if (frame != null) {
                            alice.take(frame);
                            frames++;
                        }
                        if (random.nextInt(40) == 0) {
                            talk.close();
                            talk = shop.follow(turn, alice.cursor());
                        }
                    }
                    narrator.complete();
                    alice.takeAll(talk);
                    assertThat(alice.text()).isEqualTo(written.toString());
                    assertThat(frames).isLessThan(100);
                    assertThat(alice.events().getLast())
                            .isEqualTo(new TurnEvent.Done(TurnEvent.FinishReason.STOP));
                    assertThat(talk.isOver()).isTrue();
                });
    }

    @Test
    void aClientThatTakesNothingForTheStallLimitIsClosedWithAReasonToComeBack() {
        bob.takeAll(stream);
        clock(1);
        time.advance(WeaveLimits.DEFAULT.stall().plusSeconds(10));

        assertThat(node.subscriptions.counters().stalls()).isEqualTo(1);
        assertThat(stream.poll()).isEqualTo(new Frame.Closing(CloseReason.STALLED));
        assertThat(stream.isOver()).isTrue();
        assertThat(node.subscriptions.openCount()).isZero();
    }

    @Test
    void aClientThatDoesNotEvenTakeItsGoodbyeIsForgotten() {
        bob.takeAll(stream);
        clock(1);
        time.advance(WeaveLimits.DEFAULT.stall().multipliedBy(3));

        assertThat(node.subscriptions.openCount()).isZero();
        assertThat(node.world.watcherCount()).isZero();
        assertThat(stream.isOver()).isTrue();
    }

    @Test
    void aClientForWhichNothingWaitsIsNotStalledHoweverLongItIsQuiet() {
        bob.takeAll(stream);
        time.advance(Duration.ofHours(1));
        clock(1);
        time.advance(WeaveLimits.DEFAULT.stall().minusSeconds(1));
        bob.takeAll(stream);
        clock(2);
        time.advance(WeaveLimits.DEFAULT.stall().minusSeconds(1));

        assertThat(node.subscriptions.counters().stalls()).isZero();
        bob.takeAll(stream);
        bob.assertSees(node.world.head());
    }

    @Test
    void aSilentStreamGivesASignOfLife() {
        bob.takeAll(stream);
        assertThat(stream.nanosUntilDue()).isEqualTo(Duration.ofSeconds(15).toNanos());
        time.advance(Duration.ofSeconds(15));

        assertThat(stream.poll()).isEqualTo(new Frame.Heartbeat());
        assertThat(stream.poll()).isNull();
    }
}
