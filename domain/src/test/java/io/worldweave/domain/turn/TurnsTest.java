package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
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
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Identity ALICE = new Identity(new UserId("alice"), Set.of());
    private static final Identity BOB = new Identity(new UserId("bob"), Set.of());

    private final VirtualScheduler time = new VirtualScheduler();
    private final MemoryWorldStore store = new MemoryWorldStore();
    private final Experience glade = Glade.experience();
    private final Players players =
            new Players(
                    new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT),
                    new Commands());
    private int ids;

    private Turns turns(TurnLimits limits) {
        return new Turns(
                players,
                Cast.script(new ScriptedNarrator(time, Pace.OF_A_MODEL)),
                BriefRule.DEFAULT,
                time,
                limits,
                () -> new ConversationId("c" + ++ids));
    }

    private Turns.Begun begin(Turns turns, Identity player, @Nullable String conversation) {
        return turns.begin(
                glade,
                player,
                conversation == null ? null : new ConversationId(conversation),
                new Request.Spoken("look"));
    }

    private static Turn running(Turns.Begun begun) {
        return ((Turns.Begun.Running) begun).turn();
    }

    private static List<TurnEvent> events(Turn turn) {
        List<TurnEvent> events = new ArrayList<>();
        long offset = 0;
        TurnLog.Next next;
        while ((next = turn.log().next(offset, Long.MAX_VALUE)) != null) {
            events.add(next.event());
            offset = next.offset();
        }
        return events;
    }

    @Test
    void aTurnRunsItsCommandAndTellsWhatCameOfIt() {
        Turns.Begun.Running begun =
                (Turns.Begun.Running)
                        turns(TurnLimits.DEFAULT)
                                .begin(glade, ALICE, null, new Request.Spoken("look"));
        begun.turn().joined();
        begun.work().run();
        time.advance(Duration.ofSeconds(30));

        List<TurnEvent> events = events(begun.turn());
        assertThat(events).hasSize(4);
        assertThat(events.get(0)).isInstanceOf(TurnEvent.Metadata.class);
        assertThat(events.get(1))
                .isInstanceOfSatisfying(
                        TurnEvent.ToolUse.class,
                        use ->
                                assertThat(events.get(2))
                                        .isEqualTo(new TurnEvent.Content(use.result().message())));
        assertThat(events.get(3)).isEqualTo(new TurnEvent.Done(FinishReason.STOP));
    }

    @Test
    void whatIsNotUnderstoodIsAnsweredInWordsAndIsNoToolUse() {
        Turns.Begun.Running begun =
                (Turns.Begun.Running)
                        turns(TurnLimits.DEFAULT)
                                .begin(glade, ALICE, null, new Request.Spoken("xyzzy plugh"));
        begun.turn().joined();
        begun.work().run();
        time.advance(Duration.ofSeconds(30));

        assertThat(events(begun.turn()))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Metadata", "Content", "Done");
    }

    @Test
    void oneTurnRunsAtATimeInAConversation() {
        Turns turns = turns(TurnLimits.DEFAULT);
        Turn first = running(begin(turns, ALICE, "talk"));
        assertThat(begin(turns, ALICE, "talk")).isInstanceOf(Turns.Begun.InProgress.class);
        first.stop();

        Turn second = running(begin(turns, ALICE, "talk"));

        assertThat(second.number()).isEqualTo(first.number() + 1);
        assertThat(turns.find(new ConversationId("talk"), ALICE.user()))
                .isEqualTo(new Turns.Found.Latest(second));
    }

    @Test
    void aConversationIsItsOwnersAlone() {
        Turns turns = turns(TurnLimits.DEFAULT);
        running(begin(turns, ALICE, "talk")).stop();

        assertThat(begin(turns, BOB, "talk")).isInstanceOf(Turns.Begun.NotYours.class);
        assertThat(turns.find(new ConversationId("talk"), BOB.user()))
                .isInstanceOf(Turns.Found.NotYours.class);
        assertThat(turns.find(new ConversationId("other"), BOB.user()))
                .isInstanceOf(Turns.Found.Unknown.class);
    }

    @Test
    void aStoreThatIsAwayEndsTheTurnWithAReasonToTryAgain() {
        Turns.Begun.Running begun =
                (Turns.Begun.Running)
                        turns(TurnLimits.DEFAULT)
                                .begin(
                                        glade,
                                        ALICE,
                                        null,
                                        new Request.Spoken("take the peaceful dream bottle"));
        store.away(true);
        begun.work().run();

        assertThat(events(begun.turn())).last().isEqualTo(new TurnEvent.Done(FinishReason.ERROR));
    }

    @Test
    void aConversationIsForgottenSomeTimeAfterItsLastTurnAndNotBefore() {
        Turns turns = turns(TurnLimits.DEFAULT);
        Turn first = running(begin(turns, ALICE, "talk"));
        first.stop();
        time.advance(TurnLimits.DEFAULT.kept().minusSeconds(1));
        Turn second = running(begin(turns, ALICE, "talk"));
        time.advance(Duration.ofSeconds(30));
        assertThat(turns.find(new ConversationId("talk"), ALICE.user()))
                .as("the first turn's end does not make the second forgotten")
                .isInstanceOf(Turns.Found.Latest.class);
        second.stop();
        time.advance(TurnLimits.DEFAULT.kept().plusSeconds(10));

        assertThat(turns.find(new ConversationId("talk"), ALICE.user()))
                .isInstanceOf(Turns.Found.Unknown.class);
    }

    @Test
    void aUserHasSoManyTurnsRunningAndOthersAreNotHeldBack() {
        Turns turns = turns(TurnLimits.DEFAULT);
        for (int i = 0; i < TurnLimits.DEFAULT.runningPerUser(); i++) {
            running(begin(turns, ALICE, null));
        }

        assertThat(begin(turns, ALICE, null)).isInstanceOf(Turns.Begun.TooMany.class);
        assertThat(begin(turns, BOB, null)).isInstanceOf(Turns.Begun.Running.class);
        assertThat(turns.runningCount()).isEqualTo(TurnLimits.DEFAULT.runningPerUser() + 1L);
    }

    @Test
    void whenThereAreTooManyConversationsThoseThatRestLongestMakeRoom() {
        TurnLimits two = TurnLimits.DEFAULT.withConversations(2, 2);
        Turns turns = turns(two);
        running(begin(turns, ALICE, "first")).stop();
        time.advance(Duration.ofSeconds(1));
        running(begin(turns, ALICE, "second"));

        running(begin(turns, ALICE, "third"));

        assertThat(turns.find(new ConversationId("first"), ALICE.user()))
                .isInstanceOf(Turns.Found.Unknown.class);
        assertThat(begin(turns, ALICE, "fourth")).isInstanceOf(Turns.Begun.TooMany.class);
    }

    private Turn play(Turns turns, String conversation) {
        Turns.Begun.Running begun = (Turns.Begun.Running) begin(turns, ALICE, conversation);
        begun.work().run();
        time.advance(Duration.ofSeconds(20));
        assertThat(begun.turn().isOver()).isTrue();
        return begun.turn();
    }

    @Test
    void aTurnThatWasReplacedIsLetGo() {
        Turns turns = turns(TurnLimits.DEFAULT);
        play(turns, "talk");
        int timers = time.pendingCount();
        for (int i = 0; i < 50; i++) {
            play(turns, "talk");
        }

        assertThat(time.pendingCount()).isEqualTo(timers);
    }

    @Test
    void aPlaceInAForgottenConversationIsNoPlaceInANewOneOfTheSameId() {
        Turns turns = turns(TurnLimits.DEFAULT);
        Turn old = play(turns, "talk");
        time.advance(TurnLimits.DEFAULT.kept().plusSeconds(11));
        assertThat(turns.find(new ConversationId("talk"), ALICE.user()))
                .isInstanceOf(Turns.Found.Unknown.class);

        assertThat(play(turns, "talk").number()).isGreaterThan(old.number());
    }

    @Test
    void whenAUserHasTooManyConversationsTheUsersOwnMakeRoom() {
        Turns turns = turns(TurnLimits.DEFAULT.withConversations(10, 2));
        running(begin(turns, BOB, "bobs")).stop();
        for (int i = 0; i < 5; i++) {
            running(begin(turns, ALICE, "alices-" + i)).stop();
            time.advance(Duration.ofMillis(1));
        }

        assertThat(turns.find(new ConversationId("bobs"), BOB.user()))
                .isInstanceOf(Turns.Found.Latest.class);
        assertThat(turns.find(new ConversationId("alices-2"), ALICE.user()))
                .isInstanceOf(Turns.Found.Unknown.class);
        assertThat(turns.find(new ConversationId("alices-4"), ALICE.user()))
                .isInstanceOf(Turns.Found.Latest.class);
    }

    @Test
    void whenTooMuchTextIsKeptTheConversationsThatRestLongestAreForgotten() {
        Turns turns = turns(TurnLimits.DEFAULT.withKeptText(1));
        play(turns, "talk");
        Turn running = running(begin(turns, ALICE, "running"));
        time.advance(Duration.ofSeconds(11));

        assertThat(turns.find(new ConversationId("talk"), ALICE.user()))
                .isInstanceOf(Turns.Found.Unknown.class);
        assertThat(turns.find(new ConversationId("running"), ALICE.user()))
                .isEqualTo(new Turns.Found.Latest(running));
    }

    @Test
    void aTurnThatTheServiceEndsSaysWhyAndThatItIsDone() {
        Turns turns = turns(TurnLimits.DEFAULT);
        Turn turn = running(begin(turns, ALICE, null));
        turns.stopAll();

        assertThat(events(turn).get(1))
                .isInstanceOfSatisfying(
                        TurnEvent.Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo("shutting_down"));
        assertThat(events(turn).getLast()).isEqualTo(new TurnEvent.Done(FinishReason.CANCELLED));
    }

    private Turns turnsOf(Narrator narrator) {
        return new Turns(
                players,
                Cast.script(narrator),
                BriefRule.DEFAULT,
                time,
                TurnLimits.DEFAULT,
                () -> new ConversationId("c" + ++ids));
    }

    private static Narrator narrating(Flow.Publisher<Narration> text) {
        return new Narrator() {
            @Override
            public String model(Tier tier) {
                return "broken";
            }

            @Override
            public Flow.Publisher<Narration> narrate(Scene scene) {
                return text;
            }
        };
    }

    @Test
    void aNarratorThatFailsWithAnErrorEndsItsTurn() {
        Turns turns =
                turnsOf(
                        narrating(_ -> {
                            throw new NoClassDefFoundError("a library of the model's");
                        }));
        Turns.Begun.Running begun = (Turns.Begun.Running) begin(turns, ALICE, null);

        assertThatThrownBy(() -> begun.work().run()).isInstanceOf(NoClassDefFoundError.class);

        assertThat(begun.turn().isOver()).isTrue();
    }

    @Test
    void aNarratorThatCannotBeCancelledKeepsNoOtherTurnRunning() {
        Turns turns =
                turnsOf(
                        narrating(listener ->
                                listener.onSubscribe(
                                        new Flow.Subscription() {
                                            @Override
                                            public void request(long count) {
                                                // says nothing
                                            }

                                            @Override
                                            public void cancel() {
                                                throw new IllegalStateException("no");
                                            }
                                        })));
        for (int i = 0; i < 4; i++) {
            ((Turns.Begun.Running) begin(turns, ALICE, null)).work().run();
        }
        turns.stopAll();

        assertThat(turns.runningCount()).isZero();
    }
}
