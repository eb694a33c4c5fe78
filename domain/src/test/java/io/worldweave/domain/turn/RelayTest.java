package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.TurnEvent.FinishReason;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Turns that are watched, taken up again and stopped on another node than the one that runs them.
 */
@Timeout(60)
class RelayTest {
    private static final Identity ALICE = new Identity(new UserId("alice"), Set.of());
    private static final Identity BOB = new Identity(new UserId("bob"), Set.of());

    private static final TurnLimits PATIENT =
            new TurnLimits(
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(10),
                    65_536,
                    1_000_000,
                    100,
                    100,
                    8);

    private final VirtualScheduler time = new VirtualScheduler();
    private final MemoryWorldStore store = new MemoryWorldStore();
    private final LocalBus bus = new LocalBus();
    private final LocalTurnBus turnBus = new LocalTurnBus();
    private final Experience glade = Glade.experience();
    private final Node here = new Node(turnBus.join());
    private final Node there = new Node(turnBus.join());

    /** The turns of one node. */
    private final class Node {
        final Worlds worlds = new Worlds(store, bus.join(), time, LiveLimits.DEFAULT);
        final Relay relay;
        final Turns turns;

        Node(TurnBus turnBus) {
            relay = new Relay(turnBus, worlds::find, time);
            turns =
                    new Turns(
                            new Players(worlds, new Commands()),
                            Cast.script(new ScriptedNarrator(time, Pace.OF_A_MODEL)),
                            BriefRule.DEFAULT,
                            time,
                            PATIENT,
                            () -> new ConversationId("c1"),
                            relay);
        }

        Turns.Begun begin(@Nullable String conversation) {
            ConversationId id = conversation == null ? null : new ConversationId(conversation);
            return turns.begin(glade, ALICE, id, new Request.Spoken("look"));
        }

        Turn run() {
            Turns.Begun.Running begun = (Turns.Begun.Running) begin(null);
            begun.work().run();
            return begun.turn();
        }

        @Nullable Turn find(Identity user) {
            return turns.find(new ConversationId("c1"), user.user())
                            instanceof Turns.Found.Latest(Turn turn)
                    ? turn
                    : null;
        }
    }

    private static FinishReason reason(Turn turn) {
        return turn.log().rest(0).pieces().getLast().event() instanceof TurnEvent.Done(var reason)
                ? reason
                : null;
    }

    @Test
    void aViewerOnAnotherNodeSeesTheTurnFromItsBeginningToItsEndWithItsFences() {
        Turn turn = here.run();
        turn.joined();
        time.advance(Duration.ofMillis(700));

        Turn seen = there.find(ALICE);

        assertThat(seen).isNotNull().isNotSameAs(turn);
        seen.joined();
        assertThat(seen.log().rest(0)).isEqualTo(turn.log().rest(0));
        time.advance(Duration.ofSeconds(40));
        assertThat(turn.isOver()).isTrue();
        assertThat(seen.isOver()).isTrue();
        assertThat(seen.log().rest(0)).isEqualTo(turn.log().rest(0));
        assertThat(seen.start()).isEqualTo(turn.start());
        assertThat(seen.log().text()).isNotBlank();
    }

    @Test
    void aStopOnAnotherNodeEndsTheTurnForAllItsViewersAndKeepsWhatWasWritten() {
        Turn turn = here.run();
        turn.joined();
        time.advance(Duration.ofSeconds(1));
        Turn seen = there.find(ALICE);
        seen.joined();

        assertThat(seen.stop()).isTrue();
        time.runDue();

        assertThat(reason(turn)).isEqualTo(FinishReason.CANCELLED);
        assertThat(reason(seen)).isEqualTo(FinishReason.CANCELLED);
        assertThat(seen.log().text()).isEqualTo(turn.log().text());
        assertThat(seen.stop()).isFalse();
    }

    @Test
    void theConversationIsNobodyElsesThereEither() {
        here.run().joined();

        assertThat(there.turns.find(new ConversationId("c1"), BOB.user()))
                .isInstanceOf(Turns.Found.NotYours.class);
        assertThat(there.turns.begin(glade, BOB, new ConversationId("c1"), new Request.Spoken("x")))
                .isInstanceOf(Turns.Begun.NotYours.class);
        assertThat(there.relay.mirrorCount()).isZero();
    }

    @Test
    void aViewerElsewhereKeepsATurnFromBeingForsakenUntilItLeaves() {
        Turn turn = ((Turns.Begun.Running) here.begin(null)).turn();
        Turn seen = there.find(ALICE);
        seen.joined();

        time.advance(PATIENT.grace().multipliedBy(3));
        assertThat(turn.isOver()).isFalse();
        seen.left();
        time.advance(SharedTurn.LEASE);
        assertThat(turn.isOver()).as("its grace has just begun").isFalse();
        time.advance(PATIENT.grace().plus(SharedTurn.LEASE));

        assertThat(reason(turn)).isEqualTo(FinishReason.CANCELLED);
        assertThat(there.relay.mirrorCount()).isZero();
    }

    @Test
    void whatIsLostOnTheWayIsAskedForAgain() {
        Seeded.times(
                50,
                random -> {
                    RelayTest test = new RelayTest();
                    test.playOnALossyBus(random);
                });
    }

    private void playOnALossyBus(Random random) {
        boolean[] loses = {false};
        Node lossy = new Node(losing(turnBus.join(), random, loses));
        Turn turn = lossy.run();
        turn.joined();
        Turn seen = there.find(ALICE);
        seen.joined();
        loses[0] = true;

        time.advance(Duration.ofSeconds(60));

        assertThat(turn.isOver()).isTrue();
        assertThat(seen.log().rest(0)).isEqualTo(turn.log().rest(0));
    }

    private static TurnBus losing(TurnBus bus, Random random, boolean[] loses) {
        return new TurnBus() {
            @Override
            public void publish(TurnNews news) {
                if (!loses[0] || random.nextInt(8) > 0) {
                    bus.publish(news);
                }
            }

            @Override
            public void ask(TurnNews.Watched question, Runnable nobody) {
                bus.ask(question, nobody);
            }

            @Override
            public Bus.Interest listen(ConversationId conversation, Consumer<TurnNews> listener) {
                return bus.listen(conversation, listener);
            }
        };
    }

    @Test
    void aNodeThatIsNotHeardAnyMoreLeavesATurnThatFailed() {
        boolean[] cut = {false};
        TurnBus own = turnBus.join();
        Node dying =
                new Node(
                        new TurnBus() {
                            @Override
                            public void publish(TurnNews news) {
                                if (!cut[0]) {
                                    own.publish(news);
                                }
                            }

                            @Override
                            public void ask(TurnNews.Watched question, Runnable nobody) {
                                own.ask(question, nobody);
                            }

                            @Override
                            public Bus.Interest listen(
                                    ConversationId conversation, Consumer<TurnNews> listener) {
                                return own.listen(conversation, listener);
                            }
                        });
        dying.run().joined();
        Turn seen = there.find(ALICE);
        seen.joined();
        cut[0] = true;

        time.advance(SharedTurn.LEASE.multipliedBy(2));

        assertThat(reason(seen)).isEqualTo(FinishReason.ERROR);
        assertThat(there.relay.mirrorCount()).isZero();
    }

    @Test
    void aConversationGoesOnOnAnotherNodeOneTurnAtATime() {
        Turn first = here.run();
        first.joined();
        assertThat(there.begin("c1")).isInstanceOf(Turns.Begun.InProgress.class);
        time.advance(Duration.ofSeconds(30));
        assertThat(first.isOver()).isTrue();

        Turn second = ((Turns.Begun.Running) there.begin("c1")).turn();

        assertThat(second.number()).isGreaterThan(first.number());
        Turn seen = here.find(ALICE);
        assertThat(seen).isNotNull();
        assertThat(seen.number()).isEqualTo(second.number());
    }

    @Test
    void whenAllIsOverNothingIsLeft() {
        List<Turn> seen = new ArrayList<>();
        Turn turn = here.run();
        turn.joined();
        for (int i = 0; i < 3; i++) {
            seen.add(there.find(ALICE));
            seen.getLast().joined();
        }
        assertThat(seen).containsOnly(seen.getFirst());
        time.advance(Duration.ofSeconds(60));
        seen.forEach(Turn::left);
        turn.left();
        time.advance(PATIENT.kept().plusMinutes(1));

        assertThat(there.relay.mirrorCount()).isZero();
        assertThat(here.relay.sharedCount()).isZero();
        assertThat(turn.log().watcherCount()).isZero();
        assertThat(there.find(ALICE)).isNull();
    }
}
