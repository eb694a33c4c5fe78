package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.bus.Bus;
import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Position;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every turn bus promises while it is well. An adapter's test implements it with its own. */
public interface TurnBusContract {
    ConversationId TALK = new ConversationId("talk");
    ConversationId OTHER = new ConversationId("other_talk-2");
    UserId MAIL = new UserId("player@example.com");

    /** Whoever learns that nobody listens learns it soon. */
    long PATIENCE_SECONDS = 2;

    /** Returns the bus as a further node sees it; all nodes of one test are on the same bus. */
    TurnBus joinTurns();

    /** Waits until all that was published before has been heard by all who listened then. */
    void settleTurns();

    private static List<TurnNews> all(ConversationId conversation) {
        ActionResult result =
                new ActionResult(
                        "take",
                        true,
                        "success",
                        "Taken.",
                        "dream_bottle_1",
                        JsonObject.of("item", Json.of("bottle")),
                        JsonObject.of("n", Json.of(7)));
        ActionResult plain =
                new ActionResult(
                        "look", false, "no", "No.", null, JsonObject.EMPTY, JsonObject.EMPTY);
        return List.of(
                new TurnNews.Watched(conversation, MAIL, 1_731_240_000_000L, 41),
                new TurnNews.Stopped(conversation, MAIL, 1_731_240_000_000L),
                new TurnNews.Denied(conversation, MAIL),
                new TurnNews.Told(
                        conversation,
                        new TurnNews.Beginning(
                                1_731_240_000_000L,
                                MAIL,
                                new WorldId.Isolated(new ExperienceId("lamp"), MAIL),
                                new Position("epoch", 12)),
                        3,
                        List.of(
                                new TurnNews.Piece(new TurnEvent.Metadata("model", 5, 12), 0),
                                new TurnNews.Piece(new TurnEvent.ToolUse(result), 13),
                                new TurnNews.Piece(new TurnEvent.ToolUse(plain), 13),
                                new TurnNews.Piece(
                                        new TurnEvent.Content("\ud83d\ude00 \u00eb\n\"\\"), 13),
                                new TurnNews.Piece(new TurnEvent.Failure("code", "why"), 13),
                                new TurnNews.Piece(
                                        new TurnEvent.Done(TurnEvent.FinishReason.TIMEOUT), 13))));
    }

    @Test
    default void whatIsToldReachesTheOtherNodesThatListenAsItWasTold() {
        TurnBus here = joinTurns();
        TurnBus there = joinTurns();
        List<TurnNews> heard = new CopyOnWriteArrayList<>();
        there.listen(TALK, heard::add);
        settleTurns();
        all(TALK).forEach(here::publish);
        settleTurns();

        assertThat(heard).containsExactlyElementsOf(all(TALK));
    }

    @Test
    default void aNodeDoesNotHearWhatItToldItselfNorOfOtherConversations() {
        TurnBus here = joinTurns();
        TurnBus there = joinTurns();
        List<TurnNews> own = new CopyOnWriteArrayList<>();
        List<TurnNews> others = new CopyOnWriteArrayList<>();
        here.listen(TALK, own::add);
        there.listen(OTHER, others::add);
        settleTurns();
        all(TALK).forEach(here::publish);
        settleTurns();

        assertThat(own).isEmpty();
        assertThat(others).isEmpty();
    }

    @Test
    default void whoDoesNotListenAnyMoreHearsNothing() {
        TurnBus here = joinTurns();
        TurnBus there = joinTurns();
        List<TurnNews> heard = new CopyOnWriteArrayList<>();
        Bus.Interest interest = there.listen(TALK, heard::add);
        settleTurns();
        interest.close();
        interest.close();
        all(TALK).forEach(here::publish);
        settleTurns();

        assertThat(heard).isEmpty();
    }

    @Test
    default void aQuestionThatNobodyListensForIsKnownToBeInVain() throws Exception {
        TurnBus here = joinTurns();
        TurnBus there = joinTurns();
        CountDownLatch vain = new CountDownLatch(1);
        here.listen(TALK, _ -> {});
        there.listen(OTHER, _ -> {});
        settleTurns();
        here.ask(new TurnNews.Watched(TALK, MAIL, 0, 0), vain::countDown);
        settleTurns();

        assertThat(vain.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    default void aQuestionReachesWhoListens() {
        TurnBus here = joinTurns();
        TurnBus there = joinTurns();
        AtomicBoolean vain = new AtomicBoolean();
        List<TurnNews> heard = new CopyOnWriteArrayList<>();
        there.listen(TALK, heard::add);
        settleTurns();
        TurnNews.Watched question = new TurnNews.Watched(TALK, MAIL, 0, 0);
        here.ask(question, () -> vain.set(true));
        settleTurns();

        assertThat(heard).containsExactly(question);
        assertThat(vain).isFalse();
    }
}
