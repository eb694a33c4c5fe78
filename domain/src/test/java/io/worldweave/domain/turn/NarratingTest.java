package io.worldweave.domain.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.author.Authors;
import io.worldweave.domain.bus.LocalBus;
import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.Commands;
import io.worldweave.domain.command.Glade;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.kit.Seeded;
import io.worldweave.domain.live.LiveLimits;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.play.CommandRates;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Talks;
import io.worldweave.domain.store.ForwardingWorldStore;
import io.worldweave.domain.store.History;
import io.worldweave.domain.store.MemoryWorldStore;
import io.worldweave.domain.store.StoreUnavailableException;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.time.VirtualScheduler;
import io.worldweave.domain.turn.NarratorFailedException.Kind;
import io.worldweave.domain.turn.TurnEvent.FinishReason;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.user.Role;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.WorldId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** How a narrator that thinks is led: its rounds, its tools, its failures. */
class NarratingTest {
    private static final Identity ALICE = new Identity(new UserId("alice"), Set.of());
    private static final Identity ADMIN = new Identity(new UserId("ada"), Set.of(Role.ADMIN));
    private static final String WISH = "would it be so very wrong to own something that glows";
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final Narration.Words DONE = new Narration.Words("So it is done.");

    private final VirtualScheduler time = new VirtualScheduler();
    private final MemoryWorldStore store = new MemoryWorldStore();
    private final Experience glade = Glade.experience();
    private Worlds worlds = new Worlds(store, new LocalBus().join(), time, LiveLimits.DEFAULT);
    private Players players = new Players(worlds, new Commands());
    private RehearsedNarrator narrator = new RehearsedNarrator();
    private Turns turns = turns(NarratorLimits.DEFAULT, true);
    private int ids;

    private Turns turns(NarratorLimits limits, boolean understudied) {
        Narrator script = understudied ? new ScriptedNarrator(time, Pace.IMMEDIATE) : null;
        return new Turns(
                players,
                new Cast(narrator, script, limits, new Talks(worlds, Talks.Limits.DEFAULT)),
                BriefRule.DEFAULT,
                time,
                TurnLimits.DEFAULT,
                () -> new ConversationId("c" + ++ids));
    }

    private Turn say(Identity player, String message) {
        Turns.Begun begun = turns.begin(glade, player, null, new Request.Spoken(message));
        Turns.Begun.Running running = (Turns.Begun.Running) begun;
        running.turn().joined();
        running.work().run();
        time.runDue();
        return running.turn();
    }

    private static Narration.Call call(String tool, String... arguments) {
        JsonObject given = JsonObject.EMPTY;
        for (int i = 0; i < arguments.length; i += 2) {
            given = given.with(arguments[i], Json.of(arguments[i + 1]));
        }
        return new Narration.Call("call_" + tool, tool, given);
    }

    private static Narration.Call takeBottle() {
        return call("collect_item", "instance_id", "bottle_1");
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

    private static List<String> kinds(Turn turn) {
        return events(turn).stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    private static FinishReason reason(Turn turn) {
        return ((TurnEvent.Done) events(turn).getLast()).reason();
    }

    private boolean carries(Identity player, String item) {
        return String.valueOf(
                        players.enter(glade, player.user()).head().own(player.user()).content())
                .contains(item);
    }

    private JsonObject answer(int round, int call) {
        return narrator.scenes()
                .get(round + 1)
                .brief()
                .rounds()
                .get(round)
                .answers()
                .get(call)
                .result();
    }

    @Test
    void aMessageThatIsUnderstoodIsCommittedBeforeTheNarratorIsAsked() {
        ManualNarrator silent = new ManualNarrator();
        narrator.then(silent);
        Turn turn = say(ALICE, "take the peaceful dream bottle");

        assertThat(carries(ALICE, "bottle_1")).isTrue();
        assertThat(kinds(turn)).containsExactly("Metadata", "ToolUse");
        Scene told = narrator.scenes().getFirst();
        assertThat(told.brief().tier()).isEqualTo(Tier.COMMAND);
        assertThat(told.brief().tools()).as("what is done is told, not done again").isEmpty();
        assertThat(told.brief().view().toString())
                .contains("\"carries\":[{\"instance_id\":\"bottle_1\"");
        assertThat(told.result().success()).isTrue();
        assertThat(told.brief().delta().toString())
                .contains("\"operation\":\"remove\"", "\"path\":\"player/inventory/bottle_1\"");
        turn.stop();
        assertThat(silent.isCancelled()).isTrue();
    }

    @Test
    void theFirstEventNamesTheModelOfTheTier() {
        narrator.then(DONE).then(DONE).then(DONE);

        assertThat(model(say(ALICE, "take the peaceful dream bottle"))).isEqualTo("quick");
        assertThat(model(say(ALICE, WISH))).isEqualTo("large");
        assertThat(model(say(ALICE, "talk to Louisa"))).as("conversation").isEqualTo("large");
    }

    private static String model(Turn turn) {
        return ((TurnEvent.Metadata) events(turn).getFirst()).model();
    }

    @Test
    void aToolCallIsRunAsThePlayersOwnCommandAndItsResultGoesBack() {
        narrator.then(new Narration.Words("Let me see."), takeBottle()).then(DONE);
        Turn turn = say(ALICE, WISH);

        assertThat(carries(ALICE, "bottle_1")).isTrue();
        assertThat(kinds(turn))
                .containsExactly("Metadata", "Content", "ToolUse", "Content", "Done");
        assertThat(turn.log().text()).isEqualTo("Let me see.\n\nSo it is done.");
        assertThat(answer(0, 0).text("code")).isEqualTo("success");
        assertThat(answer(0, 0).toString()).contains("you_now_see");
        assertThat(turns.counters().callsRun()).isEqualTo(1);
    }

    @Test
    void whatTheNarratorWantsDoneCountsAsThePlayersOwnAndMayBeTooMuch() {
        CommandRates rates = new CommandRates(1, time);
        Authors authors = new Authors(worlds, (_, _, _) -> {});
        players = new Players(worlds, new Commands(), authors, rates::admit);
        turns = turns(NarratorLimits.DEFAULT, true);
        narrator.then(call("inventory"), call("inventory"), takeBottle()).then(DONE);
        Turn turn = say(ALICE, WISH);

        assertThat(answer(0, 1).text("code")).isEqualTo("empty");
        assertThat(answer(0, 2).text("code")).isEqualTo("too_many_requests");
        assertThat(carries(ALICE, "bottle_1")).isFalse();
        assertThat(turn.log().text()).isEqualTo("So it is done.");
        assertThat(kinds(turn)).filteredOn("ToolUse"::equals).hasSize(2);
        assertThat(turns.counters().callsRefused()).isEqualTo(1);
        assertThat(act(ALICE).code()).as("her own hand").isEqualTo("too_many_requests");
        int asked = narrator.scenes().size();
        Turn another = say(ALICE, WISH);
        assertThat(kinds(another)).containsExactly("Metadata", "Failure", "Done");
        assertThat(narrator.scenes()).as("nobody is asked, or paid").hasSize(asked);
        time.advance(Duration.ofSeconds(1));
        assertThat(act(ALICE).code()).isEqualTo("success");
    }

    @Test
    void aConversationThatCannotBeReadKeepsNobodyFromTellingWhatWasDone() {
        worlds =
                new Worlds(
                        new ForwardingWorldStore(store) {
                            @Override
                            public History open(WorldId world, Supplier<JsonObject> seed) {
                                if (world instanceof WorldId.Profile) {
                                    throw new StoreUnavailableException("away", null);
                                }
                                return super.open(world, seed);
                            }
                        },
                        new LocalBus().join(),
                        time,
                        LiveLimits.DEFAULT);
        players = new Players(worlds, new Commands());
        turns = turns(NarratorLimits.DEFAULT, true);
        narrator.then(DONE);
        Turn turn = say(ALICE, "take the peaceful dream bottle");

        assertThat(carries(ALICE, "bottle_1")).isTrue();
        assertThat(turn.log().text()).isEqualTo("So it is done.");
        assertThat(reason(turn)).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aStopReachesTheNarratorThatIsAskedAgainAtOnce() {
        Scheduler hasty =
                new Scheduler() {
                    @Override
                    public long nanoTime() {
                        return time.nanoTime();
                    }

                    @Override
                    public long unixMillis() {
                        return time.unixMillis();
                    }

                    @Override
                    public Timer after(Duration delay, Runnable task) {
                        if (!delay.isZero()) {
                            return time.after(delay, task);
                        }
                        task.run();
                        return () -> {};
                    }
                };
        ManualNarrator first = new ManualNarrator();
        ManualNarrator second = new ManualNarrator();
        narrator.then(first).then(second);
        NarratorLimits atOnce =
                new NarratorLimits(
                        4, 8, Duration.ofSeconds(10), Duration.ofSeconds(10), 2, Duration.ZERO);
        turns =
                new Turns(
                        players,
                        new Cast(narrator, null, atOnce, null),
                        BriefRule.DEFAULT,
                        hasty,
                        TurnLimits.DEFAULT,
                        () -> new ConversationId("hasty"));
        Turn turn = say(ALICE, WISH);
        first.fail(Kind.FAULT);
        turn.stop();

        assertThat(second.isCancelled()).isTrue();
    }

    private ActionResult act(Identity player) {
        return players.act(glade, player, new Request.Spoken("take the peaceful dream bottle"))
                .result();
    }

    @Test
    void wordsThatComeAfterAToolCallWaitForItsRevision() {
        narrator.then(takeBottle()).then(DONE);
        Turn turn = say(ALICE, WISH);

        long revision = turn.world().head().revision();
        assertThat(turn.log().fenceAt(1)).isEqualTo(revision);
        assertThat(turn.log().fenceAt(2)).isEqualTo(revision);
    }

    @Test
    void theToolsAreThePlayersCommandsWithTheSchemasOfTheStructuredForm() {
        narrator.then(DONE).then(DONE);
        say(ADMIN, WISH);

        assertThat(narrator.scenes().getFirst().brief().tools())
                .extracting(tool -> tool.name())
                .contains("collect_item", "go", "give_item", "talk")
                .doesNotContain("spawn", "@spawn", "teleport", "remove_item", "where");
        assertThat(narrator.scenes().getFirst().brief().tools())
                .filteredOn(tool -> tool.name().equals("collect_item"))
                .allSatisfy(tool ->
                        assertThat(tool.parameters().object("properties").names())
                                .contains("instance_id")
                                .doesNotContain("type", "action"));
    }

    @Test
    void whatIsNoToolOrHasWrongArgumentsIsNotRunAndTheNarratorIsTold() {
        narrator.then(
                        call("spawn", "template_id", "dream_bottle"),
                        call("take the peaceful dream bottle"),
                        call("collect_item", "instance_id", "x".repeat(5_000)),
                        call("collect_item", "who", "bottle_1"),
                        call("collect_item"),
                        new Narration.Call(
                                "n", "collect_item", JsonObject.of("instance_id", Json.of(7))),
                        new Narration.BrokenCall("b", "collect_item", "no JSON"))
                .then(DONE);
        long before = players.enter(glade, ADMIN.user()).head().revision();
        Turn turn = say(ADMIN, WISH);

        assertThat(turn.world().head().revision()).isEqualTo(before);
        assertThat(kinds(turn)).containsExactly("Metadata", "Content", "Done");
        for (int i = 0; i < 7; i++) {
            assertThat(answer(0, i).text("code")).as("call " + i).isEqualTo("not_run");
        }
        assertThat(turns.counters().callsRefused()).isEqualTo(7);
        assertThat(turns.counters().callsRun()).isZero();
    }

    @Test
    void noMoreThanSoManyCallsAreRunInARound() {
        List<Narration> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(call("inventory"));
        }
        narrator.then(calls.toArray(Narration[]::new)).then(DONE);
        Turn turn = say(ALICE, WISH);

        assertThat(kinds(turn).stream().filter("ToolUse"::equals))
                .hasSize(NarratorLimits.DEFAULT.callsPerRound());
        assertThat(reason(turn)).isEqualTo(FinishReason.STOP);
    }

    @Test
    void inTheLastRoundNothingIsRunAndTheTurnEnds() {
        narrator.then(call("inventory"))
                .then(call("inventory"))
                .then(call("inventory"))
                .then(takeBottle());
        Turn turn = say(ALICE, WISH);

        assertThat(narrator.scenes()).hasSize(4);
        assertThat(narrator.scenes().getLast().brief().lastRound()).isTrue();
        assertThat(carries(ALICE, "bottle_1")).isFalse();
        assertThat(reason(turn)).isEqualTo(FinishReason.STOP);
        assertThat(turn.log().text()).as("the script tells what came of it").isNotEmpty();
    }

    @Test
    void aCallOfARoundThatFailsIsNotRun() {
        ManualNarrator cut = new ManualNarrator();
        narrator.then(cut);
        Turn turn = say(ALICE, WISH);
        cut.writeNext(takeBottle());
        cut.fail(Kind.CUT_OFF);
        time.advance(Duration.ofMinutes(1));

        assertThat(carries(ALICE, "bottle_1")).isFalse();
        assertThat(kinds(turn)).doesNotContain("ToolUse");
    }

    @Test
    void aTurnThatIsStoppedRunsNothingMore() {
        int timersBefore = time.pendingCount();
        ManualNarrator slow = new ManualNarrator();
        narrator.then(slow);
        Turn turn = say(ALICE, WISH);
        slow.writeNext(takeBottle());
        turn.stop();
        slow.complete();

        assertThat(slow.isCancelled()).isTrue();
        assertThat(carries(ALICE, "bottle_1")).isFalse();
        assertThat(time.pendingCount()).as("timers").isEqualTo(timersBefore);
    }

    @Test
    void aNarratorThatFailsBeforeItsFirstSignIsAskedAgainWithGrowingPauses() {
        ManualNarrator first = new ManualNarrator();
        ManualNarrator second = new ManualNarrator();
        narrator.then(first).then(second).then(DONE);
        Turn turn = say(ALICE, WISH);
        first.fail(Kind.BUSY);
        time.advance(Duration.ofMillis(249));
        assertThat(narrator.scenes()).hasSize(1);
        time.advance(Duration.ofMillis(1));
        second.fail(Kind.FAULT);
        time.advance(Duration.ofMillis(499));
        assertThat(narrator.scenes()).hasSize(2);
        time.advance(Duration.ofMillis(1));

        assertThat(turn.log().text()).isEqualTo("So it is done.");
        assertThat(turns.counters().retries()).isEqualTo(2);
        assertThat(turns.counters().failures(Kind.BUSY)).isEqualTo(1);
    }

    @Test
    void aNarratorThatWillNotGetBetterIsNotAskedAgain() {
        ManualNarrator refused = new ManualNarrator();
        narrator.then(refused);
        Turn turn = say(ALICE, WISH);
        refused.fail(Kind.REFUSED);
        time.runDue();

        assertThat(turn.log().text()).startsWith("Try one of these");
        assertThat(turns.counters().standIns()).isEqualTo(1);
    }

    @Test
    void whileItIsWaitedForItMayBeStopped() {
        ManualNarrator busy = new ManualNarrator();
        narrator.then(busy);
        Turn turn = say(ALICE, WISH);
        busy.fail(Kind.BUSY);
        turn.stop();
        time.advance(Duration.ofMinutes(1));

        assertThat(narrator.scenes()).hasSize(1);
    }

    @Test
    void aNarratorThatSaysNothingForTenSecondsIsLetGoAndTheScriptTells() {
        List<String> failures = new ArrayList<>();
        turns.counters().listen((model, kind) -> failures.add(model + " " + kind));
        ManualNarrator silent = new ManualNarrator();
        narrator.then(silent);
        Turn turn = say(ALICE, "take the peaceful dream bottle");
        time.advance(Duration.ofMillis(9_999));
        assertThat(turn.isOver()).isFalse();
        time.advance(Duration.ofMillis(1));

        assertThat(silent.isCancelled()).isTrue();
        assertThat(turn.log().text()).isNotEmpty();
        assertThat(reason(turn)).isEqualTo(FinishReason.STOP);
        assertThat(failures).containsExactly("quick SILENT");
        silent.give(DONE);
        assertThat(turn.log().text()).doesNotContain("So it is done.");
    }

    @Test
    void aNarratorThatFallsSilentAfterItsFirstWordsTimesOutAndKeepsThem() {
        ManualNarrator stuck = new ManualNarrator();
        narrator.then(stuck);
        Turn turn = say(ALICE, WISH);
        stuck.write("Once ");
        time.advance(Duration.ofSeconds(9));
        stuck.write("upon ");
        time.advance(Duration.ofSeconds(10));

        assertThat(turn.log().text()).isEqualTo("Once upon ");
        assertThat(kinds(turn)).containsExactly("Metadata", "Content", "Failure", "Done");
        assertThat(reason(turn)).isEqualTo(FinishReason.TIMEOUT);
    }

    @Test
    void aSignOfLifeKeepsItFromBeingTakenForSilent() {
        ManualNarrator busy = new ManualNarrator();
        narrator.then(busy).then(DONE);
        Turn turn = say(ALICE, WISH);
        for (int i = 0; i < 4; i++) {
            time.advance(Duration.ofSeconds(9));
            busy.writeNext(new Narration.Sign());
        }
        busy.writeNext(takeBottle());
        busy.complete();

        assertThat(turn.log().text()).isEqualTo("So it is done.");
    }

    @Test
    void whatWasWrittenIsNotWrittenAgain() {
        ManualNarrator cut = new ManualNarrator();
        narrator.then(cut);
        Turn turn = say(ALICE, WISH);
        cut.write("Once ");
        cut.fail(Kind.CUT_OFF);
        time.advance(Duration.ofMinutes(1));

        assertThat(turn.log().text()).isEqualTo("Once ");
        assertThat(kinds(turn)).containsExactly("Metadata", "Content", "Failure", "Done");
        assertThat(reason(turn)).isEqualTo(FinishReason.ERROR);
    }

    @Test
    void withoutAnUnderstudyTheTurnSaysThatItFailed() {
        turns = turns(NarratorLimits.DEFAULT, false);
        ManualNarrator refused = new ManualNarrator();
        narrator.then(refused);
        Turn turn = say(ALICE, WISH);
        refused.fail(Kind.REFUSED);

        assertThat(kinds(turn)).containsExactly("Metadata", "Failure", "Done");
    }

    @Test
    void aNarratorThatSaysNothingAtAllIsUnderstudied() {
        narrator.then();
        Turn turn = say(ALICE, "look");

        assertThat(turn.log().text()).isNotEmpty();
        assertThat(turns.counters().failures(Kind.EMPTY)).isEqualTo(1);
    }

    @Test
    void theNextTurnOfAConversationIsToldWhatWasSaidBeforeAndARestartForgetsNothing() {
        narrator.then(DONE).then(DONE).then(DONE);
        Turn first = say(ALICE, "look");
        turns = turns(NarratorLimits.DEFAULT, true);
        Turns.Begun.Running next =
                (Turns.Begun.Running)
                        turns.begin(glade, ALICE, first.conversation(), new Request.Spoken(WISH));
        next.work().run();
        time.runDue();

        assertThat(narrator.scenes().get(0).brief().conversation()).isEmpty();
        assertThat(narrator.scenes().get(1).brief().conversation())
                .containsExactly(new Brief.Exchange("look", "So it is done."));
    }

    @Test
    void whatWasSaidWhenTheServiceStopsIsKept() {
        ManualNarrator slow = new ManualNarrator();
        narrator.then(slow).then(DONE);
        Turn turn = say(ALICE, WISH);
        slow.write("Half of ");
        turns.stopAll();

        assertThat(
                        new Talks(worlds, Talks.Limits.DEFAULT)
                                .of(ALICE.user(), turn.conversation().value()))
                .containsExactly(new Talks.Talk(WISH, "Half of "));
    }

    @Test
    void aStoreThatIsAwayDuringAToolCallEndsTheTurnWithAReasonToTryAgain() {
        ManualNarrator asks = new ManualNarrator();
        narrator.then(asks);
        Turn turn = say(ALICE, WISH);
        store.away(true);
        asks.writeNext(takeBottle());
        asks.complete();

        assertThat(events(turn))
                .filteredOn(TurnEvent.Failure.class::isInstance)
                .extracting(event -> ((TurnEvent.Failure) event).code())
                .containsExactly("store_unavailable");
    }

    @Test
    void aTurnEndsOnceAndRunsNothingHalfDescribedWhateverItsNarratorDoes() {
        Seeded.times(2_000, this::misbehave);
    }

    /** A narrator that does what it likes, within a round and out of it. */
    private void misbehave(Random random) {
        narrator = new RehearsedNarrator();
        List<ManualNarrator> rounds = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rounds.add(new ManualNarrator());
            narrator.then(rounds.getLast());
        }
        turns = turns(NarratorLimits.DEFAULT, random.nextBoolean());
        Identity player = new Identity(new UserId("p" + random.nextInt()), Set.of());
        int timersBefore = time.pendingCount();
        Turn turn = say(player, random.nextBoolean() ? WISH : "look");
        for (int i = random.nextInt(30); i > 0; i--) {
            step(random, turn, rounds.get(Math.max(0, narrator.scenes().size() - 1)));
        }
        int runBefore = (int) turns.counters().callsRun();
        turn.stop();
        rounds.stream().limit(narrator.scenes().size()).forEach(round -> round.give(takeBottle()));
        time.runDue();

        assertThat(turns.counters().callsRun()).as("after the end").isEqualTo(runBefore);
        List<TurnEvent> events = events(turn);
        assertThat(events.getLast()).isInstanceOf(TurnEvent.Done.class);
        assertThat(events).filteredOn(TurnEvent.Done.class::isInstance).hasSize(1);
        assertThat(events).filteredOn(TurnEvent.Failure.class::isInstance).hasSizeLessThan(2);
        assertThat(rounds.subList(0, narrator.scenes().size()))
                .as("each round was let go or ended by itself")
                .allMatch(round -> round.isCancelled() || round.hasEnded());
        assertThat(time.pendingCount()).as("timers").isLessThanOrEqualTo(timersBefore);
        turns.stopAll();
    }

    private void step(Random random, Turn turn, ManualNarrator round) {
        switch (random.nextInt(12)) {
            case 0 -> round.fail();
            case 1 -> round.fail(KINDS.get(random.nextInt(KINDS.size())));
            case 2, 3 -> round.complete();
            case 4 -> round.give(takeBottle());
            case 5 -> round.give(call("go", "destination", "nowhere"));
            case 6 -> round.give(new Narration.BrokenCall("b", "go", "cut"));
            case 7 -> time.advance(Duration.ofMillis(random.nextInt(12_000)));
            case 8 -> round.give(new Narration.Sign());
            case 9 -> {
                if (random.nextInt(6) == 0) {
                    turn.stop();
                }
            }
            default -> round.give(new Narration.Words("word "));
        }
    }
}
