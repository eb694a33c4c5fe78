package io.worldweave.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.live.View;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Travellers;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.time.Rate;
import io.worldweave.domain.time.StillTime;
import io.worldweave.domain.turn.BriefRule;
import io.worldweave.domain.turn.Cast;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.Pace;
import io.worldweave.domain.turn.ScriptedNarrator;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnLimits;
import io.worldweave.domain.turn.Turns;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.weave.Subscription;
import io.worldweave.domain.weave.Subscriptions;
import io.worldweave.domain.weave.WeaveLimits;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.wire.ClientMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is answered at once, by turns whose narrator says nothing: time stands still. */
class MessageAnswersTest {
    private static final Identity ALICE = new Identity(new UserId("alice"), Set.of());

    private static final StillTime STILL = new StillTime();

    private Runnable whileAnswering = () -> {};
    private final Experience glade = Glade.experience();
    private final LocalBus bus = new LocalBus();
    private final Worlds worlds =
            new Worlds(new MemoryWorldStore(), bus.join(), STILL, LiveLimits.DEFAULT);
    private final Players players = new Players(worlds, new Commands());
    private final Subscriptions subscriptions =
            new Subscriptions(bus.join(), STILL, WeaveLimits.DEFAULT);
    private final Turns turns =
            new Turns(
                    players,
                    Cast.script(new ScriptedNarrator(STILL, Pace.OF_A_MODEL)),
                    BriefRule.DEFAULT,
                    STILL,
                    TurnLimits.DEFAULT,
                    () -> new ConversationId("new"));

    /** A session, and what its client takes of it when the test says so. */
    private final class Client {
        Runnable whenAnswered = () -> {};
        final Outbox outbox = new Outbox(100, () -> whenAnswered.run());
        final Subscription stream;
        final MessageAnswers answers;

        Client() {
            this(glade);
        }

        Client(Experience shown) {
            LiveWorld world = players.enter(shown, ALICE.user());
            View view = new View.World(ALICE.user());
            stream =
                    ((Subscriptions.Opened.Open) subscriptions.watch(world, view, null, () -> {}))
                            .subscription();
            Travellers travellers =
                    new Travellers(worlds, players, Travellers.DEFAULT_RADIUS_METRES);
            answers =
                    new MessageAnswers(
                            ALICE,
                            Glade.ID,
                            new Game(installed(), players, travellers, turns, STILL),
                            stream,
                            outbox,
                            new Rate(1_000, STILL));
        }

        void chat(String conversation) {
            answers.answer(new ClientMessage.Chat("look", new ConversationId(conversation)));
        }

        void stop(String conversation) {
            answers.answer(new ClientMessage.Stop(new ConversationId(conversation)));
        }

        List<Frame> takeAll() {
            List<Frame> frames = new ArrayList<>();
            Frame frame;
            while ((frame = stream.poll()) != null) {
                frames.add(frame);
            }
            return frames;
        }
    }

    private Experience hill() {
        return new Experience(
                new ExperienceId("hill"),
                "Hill",
                "1.0.0",
                Experience.StateModel.SHARED,
                glade.config(),
                glade.authoredWorld(),
                glade.templates(),
                glade.commands(),
                glade.quests());
    }

    private Experiences installed() {
        return new Experiences() {
            @Override
            public @Nullable Experience find(ExperienceId id) {
                whileAnswering.run();
                return glade;
            }

            @Override
            public List<Experience> all() {
                return List.of(glade);
            }
        };
    }

    private static List<TurnEvent> saidOf(String conversation, List<Frame> frames) {
        return frames.stream()
                .filter(Frame.Said.class::isInstance)
                .map(Frame.Said.class::cast)
                .filter(said -> said.conversation().value().equals(conversation))
                .map(Frame.Said::event)
                .toList();
    }

    private static void assertRefused(String reason, String conversation, @Nullable String answer) {
        assertThat(answer)
                .contains("\"reason\":\"" + reason + "\"")
                .contains("\"conversation_id\":\"" + conversation + "\"");
    }

    private static void assertToldOnce(List<TurnEvent> said) {
        assertThat(said.getFirst()).isInstanceOf(TurnEvent.Metadata.class);
        assertThat(said.getLast()).isEqualTo(new TurnEvent.Done(TurnEvent.FinishReason.CANCELLED));
        assertThat(said).filteredOn(TurnEvent.Metadata.class::isInstance).hasSize(1);
        assertThat(said).filteredOn(TurnEvent.Done.class::isInstance).hasSize(1);
    }

    @Test
    void aClientThatTakesNothingBeginsNoMoreTurnsThanACursorHasPlacesFor() {
        Client slow = new Client();
        for (int i = 0; i < Cursor.TURNS_LIMIT; i++) {
            slow.chat("c" + i);
            slow.stop("c" + i);
        }
        assertThat(slow.outbox.poll()).isNull();

        slow.chat("more");

        assertRefused("too_many_requests", "more", slow.outbox.poll());
        assertThat(turns.find(new ConversationId("more"), ALICE.user()))
                .isInstanceOf(Turns.Found.Unknown.class);
        List<Frame> taken = slow.takeAll();
        for (int i = 0; i < Cursor.TURNS_LIMIT; i++) {
            assertThat(saidOf("c" + i, taken).getLast()).isInstanceOf(TurnEvent.Done.class);
        }
        slow.chat("more");
        assertThat(slow.outbox.poll()).isNull();
        assertThat(saidOf("more", slow.takeAll()).getFirst())
                .isInstanceOf(TurnEvent.Metadata.class);
    }

    @Test
    void aStopOfATurnThatTheSessionDoesNotTellOfWaitsForRoomToTellHowItEnds() {
        Client slow = new Client();
        Client other = new Client();
        for (int i = 0; i < Cursor.TURNS_LIMIT; i++) {
            slow.chat("c" + i);
            slow.stop("c" + i);
        }
        other.chat("elsewhere");

        slow.stop("elsewhere");
        assertRefused("too_many_requests", "elsewhere", slow.outbox.poll());
        slow.takeAll();
        slow.stop("elsewhere");

        assertThat(slow.outbox.poll()).isNull();
        assertThat(saidOf("elsewhere", slow.takeAll()))
                .containsExactly(new TurnEvent.Done(TurnEvent.FinishReason.CANCELLED));
    }

    @Test
    void aChatThatIsRepeatedOnANewSessionIsRefusedAndTakesUpTheTurnThatRuns() {
        Client gone = new Client();
        gone.chat("talk");
        gone.stream.close();
        Client again = new Client();

        again.chat("talk");
        assertRefused("turn_in_progress", "talk", again.outbox.poll());
        again.chat("talk");
        assertRefused("turn_in_progress", "talk", again.outbox.poll());
        again.stop("talk");

        assertToldOnce(saidOf("talk", again.takeAll()));
    }

    @Test
    void aChatOnASessionThatTellsOfTheTurnDoesNotTellItTwice() {
        Client client = new Client();
        client.chat("talk");
        List<Frame> taken = client.takeAll();

        client.chat("talk");
        assertRefused("turn_in_progress", "talk", client.outbox.poll());
        client.stop("talk");
        taken.addAll(client.takeAll());

        assertToldOnce(saidOf("talk", taken));
    }

    @Test
    void aTurnThatEndsAndIsTakenWhileItsRepetitionIsRefusedIsNotToldTwice() {
        Client client = new Client();
        client.chat("talk");
        List<Frame> taken = client.takeAll();
        client.whenAnswered =
                () -> {
                    ((Turns.Found.Latest) turns.find(new ConversationId("talk"), ALICE.user()))
                            .turn()
                            .stop();
                    taken.addAll(client.takeAll());
                };

        client.chat("talk");
        taken.addAll(client.takeAll());

        assertToldOnce(saidOf("talk", taken));
    }

    @Test
    void aTurnOfAnotherWorldIsNotToldWhereItsChatIsRepeated() {
        Client client = new Client();
        client.chat("talk");
        Client elsewhere = new Client(hill());

        elsewhere.chat("talk");

        assertRefused("turn_in_progress", "talk", elsewhere.outbox.poll());
        assertThat(saidOf("talk", elsewhere.takeAll())).isEmpty();
    }

    @Test
    void aClientWhoseAnswerTakesLongIsNotIdle() {
        Client patient = new Client();
        long[] nowNanos = {0};
        Duration idle = Duration.ofSeconds(45);
        SessionLimits limits = new SessionLimits(1_024, 10, 10, idle.dividedBy(3), idle, idle);
        Liveness liveness = new Liveness(limits, () -> nowNanos[0]);
        List<Boolean> over = new ArrayList<>();
        whileAnswering =
                () -> {
                    nowNanos[0] += idle.toNanos();
                    over.add(liveness.isOver());
                };

        new PlayerSession(patient.stream, patient.answers, liveness)
                .received(new ClientMessage.GetCommands());

        assertThat(over).containsExactly(false);
        assertThat(liveness.isOver()).isFalse();
        nowNanos[0] += idle.toNanos();
        assertThat(liveness.isOver()).isTrue();
    }
}
