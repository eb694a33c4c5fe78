package io.worldweave.domain.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.RandomChanges;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.ManualNarrator;
import io.worldweave.domain.turn.TestTurns;
import io.worldweave.domain.turn.Turn;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnEvent.FinishReason;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * I8 Disconnect is not stop: a lost connection neither ends a turn nor loses its text; an explicit
 * stop ends it.
 */
class I8DisconnectIsNotStopTest {
    private final VirtualScheduler time = new VirtualScheduler();
    private final Node node = new Node(time);
    private final Turn turn = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
    private final ManualNarrator narrator = new ManualNarrator();
    private final Replica alice = new Replica(Node.ALICE, turn.world().head());

    @BeforeEach
    void theNarratorListens() {
        TestTurns.narrate(turn, narrator);
    }

    @Test
    void whatIsWrittenWhileNobodyWatchesIsReadByWhoComesBack() {
        Subscription first = node.follow(turn, null);
        narrator.write("One ");
        alice.takeAll(first);
        first.close();
        narrator.write("two ");
        time.advance(TurnLimits.DEFAULT.grace().minusSeconds(1));
        narrator.write("three.");
        narrator.complete();

        alice.takeAll(node.follow(turn, alice.cursor()));

        assertThat(alice.text()).isEqualTo("One two three.");
        assertThat(alice.events().getLast()).isEqualTo(new TurnEvent.Done(FinishReason.STOP));
    }

    @Test
    void aViewerThatComesWithoutACursorReadsTheTurnFromItsBeginning() {
        narrator.write("One ");
        Replica late = new Replica(Node.ALICE, turn.world().head());
        narrator.write("two.");
        late.takeAll(node.follow(turn, null));

        assertThat(late.events().getFirst()).isInstanceOf(TurnEvent.Metadata.class);
        assertThat(late.text()).isEqualTo("One two.");
    }

    @Test
    void aStopEndsTheTurnForEveryViewerAndKeepsWhatWasWritten() {
        Replica tablet = new Replica(Node.ALICE, turn.world().head());
        Subscription first = node.follow(turn, null);
        Subscription second = node.follow(turn, null);
        narrator.write("One ");
        alice.takeAll(first);

        assertThat(turn.stop()).isTrue();
        assertThat(turn.stop()).isFalse();

        alice.takeAll(first);
        tablet.takeAll(second);
        for (Replica viewer : List.of(alice, tablet)) {
            assertThat(viewer.text()).isEqualTo("One ");
            assertThat(viewer.events().getLast())
                    .isEqualTo(new TurnEvent.Done(FinishReason.CANCELLED));
        }
        assertThat(narrator.isCancelled()).isTrue();
        assertThat(first.isOver()).isTrue();
        assertThat(second.isOver()).isTrue();
    }

    @Test
    void whoComesBackToATurnThatWasStoppedMeanwhileIsToldHowItEnded() {
        Subscription first = node.follow(turn, null);
        narrator.write("One ");
        alice.takeAll(first);
        first.close();
        turn.stop();

        alice.takeAll(node.follow(turn, alice.cursor()));

        assertThat(alice.text()).isEqualTo("One ");
        assertThat(alice.events().getLast()).isEqualTo(new TurnEvent.Done(FinishReason.CANCELLED));
    }

    @Test
    void whoStopsATurnIsToldHowItEndedOnceWhetherItWatchesOrNot() {
        narrator.write("One ");
        for (boolean watches : List.of(false, true)) {
            Turn stopped = TestTurns.begin(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
            Replica session = new Replica(Node.ALICE);
            Subscription stream = node.watch(Node.ALICE, null);
            session.takeAll(stream);
            if (watches) {
                stream.add(stopped);
                session.takeAll(stream);
            }

            assertThat(stream.stop(stopped)).isTrue();
            session.takeAll(stream);
            assertThat(stream.stop(stopped)).isFalse();
            session.takeAll(stream);

            assertThat(session.events())
                    .hasSize(watches ? 2 : 1)
                    .last()
                    .isEqualTo(new TurnEvent.Done(FinishReason.CANCELLED));
            assertThat(stopped.log().watcherCount()).isZero();
        }
    }

    @Test
    void whoStopsATurnOfAnotherNodeIsToldHowItEndedAndNothingOfWhatWasSaidBefore() {
        for (TurnEvent last :
                List.of(new TurnEvent.Content("One "), new TurnEvent.Failure("x", "survived"))) {
            Turn far = TestTurns.elsewhere(node.world, Node.ALICE, time, TurnLimits.DEFAULT);
            TestTurns.relays(far, new TurnEvent.Metadata("test", 0, 0));
            TestTurns.relays(far, last);
            Replica session = new Replica(Node.ALICE);
            Subscription stream = node.watch(Node.ALICE, null);
            session.takeAll(stream);

            assertThat(stream.stop(far)).isTrue();
            session.takeAll(stream);
            assertThat(session.events()).isEmpty();

            TurnEvent.Done cancelled = new TurnEvent.Done(FinishReason.CANCELLED);
            TestTurns.relays(far, cancelled);
            session.takeAll(stream);
            assertThat(session.events()).containsExactly(cancelled);
            assertThat(far.log().watcherCount()).isZero();
        }
    }

    @Test
    void aTurnNobodyComesBackForIsCancelledAfterItsGraceTime() {
        Subscription stream = node.follow(turn, null);
        time.advance(Duration.ofSeconds(10));
        alice.takeAll(stream);
        stream.close();
        time.advance(TurnLimits.DEFAULT.grace().minusMillis(1).minusSeconds(10));
        assertThat(turn.isOver()).isFalse();
        time.advance(Duration.ofSeconds(11));

        assertThat(turn.isOver()).isTrue();
        assertThat(narrator.isCancelled()).isTrue();
        alice.takeAll(node.follow(turn, alice.cursor()));
        assertThat(alice.events().getLast()).isInstanceOf(TurnEvent.Done.class);
    }

    @Test
    void aClientThatHasReadTheEndAndComesBackIsGivenNothingTwice() {
        narrator.write("All.");
        narrator.complete();
        alice.takeAll(node.follow(turn, null));
        int before = alice.events().size();

        Subscription again = node.follow(turn, alice.cursor());
        alice.takeAll(again);

        assertThat(alice.events()).hasSize(before);
        assertThat(again.isOver()).isTrue();
    }

    @Test
    void aTurnThatRunsKeepsItsWorldAtWorkWhileNobodyWatches() {
        Node small =
                new Node(
                        time,
                        new MemoryWorldStore(),
                        new LocalBus().join(),
                        LiveLimits.DEFAULT.withWorlds(1),
                        WeaveLimits.DEFAULT);
        TurnLimits patient =
                new TurnLimits(
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        100,
                        100,
                        9,
                        9,
                        9);
        Turn slow = TestTurns.begin(small.world, Node.ALICE, time, patient);
        time.advance(Duration.ofMinutes(5));
        WorldId other = new WorldId.Shared(new ExperienceId("other"));
        assertThatThrownBy(() -> small.worlds.open(other, RandomChanges::world))
                .isInstanceOf(StoreUnavailableException.class);

        Subscription again = small.follow(slow, null);
        again.poll();
        small.commit(new Change.Replace(Part.SHARED, Pointer.of("clock"), Json.of(5)));

        assertThat(again.poll()).isInstanceOf(Frame.WorldUpdate.class);
    }

    @Test
    void aTurnWhoseViewerCannotBeWokenIsCancelledAtItsNarratorAllTheSame() {
        turn.log()
                .watch(() -> {
                    throw new IllegalStateException("a broken transport");
                });
        turn.stop();

        assertThat(narrator.isCancelled()).isTrue();
        assertThat(turn.isOver()).isTrue();
    }
}
