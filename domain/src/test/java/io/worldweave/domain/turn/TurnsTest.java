package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

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
                new ScriptedNarrator(time, Pace.OF_A_MODEL),
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

        assertThat(second.number()).isEqualTo(2);
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
        time.advance(TurnLimits.DEFAULT.kept());

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
        TurnLimits two =
                new TurnLimits(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(10),
                        1_000,
                        2,
                        8);
        Turns turns = turns(two);
        running(begin(turns, ALICE, "first")).stop();
        time.advance(Duration.ofSeconds(1));
        running(begin(turns, ALICE, "second"));

        running(begin(turns, ALICE, "third"));

        assertThat(turns.find(new ConversationId("first"), ALICE.user()))
                .isInstanceOf(Turns.Found.Unknown.class);
        assertThat(begin(turns, ALICE, "fourth")).isInstanceOf(Turns.Begun.TooMany.class);
    }
}
