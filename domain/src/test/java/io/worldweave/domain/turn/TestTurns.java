package io.worldweave.domain.turn;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.LiveWorld;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.user.UserId;
import java.util.concurrent.Flow;

/** Lets tests of other packages begin and lead turns by hand. */
public final class TestTurns {
    private TestTurns() {}

    public static Turn begin(
            LiveWorld world, UserId owner, Scheduler scheduler, TurnLimits limits) {
        return begin("talk", world, owner, scheduler, limits);
    }

    public static Turn begin(
            String conversation,
            LiveWorld world,
            UserId owner,
            Scheduler scheduler,
            TurnLimits limits) {
        return new Turn(
                new TurnPosition(new ConversationId(conversation), 1, 0),
                owner,
                world,
                scheduler,
                limits,
                "test");
    }

    /** Returns a turn of another node, where a stop of it is only asked for. */
    public static Turn elsewhere(
            LiveWorld world, UserId owner, Scheduler scheduler, TurnLimits limits) {
        return Turn.elsewhere(
                new TurnPosition(new ConversationId("far"), 1, 0),
                owner,
                world,
                world.head().position(),
                scheduler,
                limits,
                () -> {});
    }

    /** Says what the turn's node said. */
    public static void relays(Turn turn, TurnEvent event) {
        turn.relays(event, 0);
    }

    /** Says that a command ran whose effect shows at {@code revision}. */
    public static void ran(Turn turn, long revision) {
        turn.ran(
                new TurnEvent.ToolUse(
                        new ActionResult(
                                "take",
                                true,
                                "success",
                                "Taken.",
                                null,
                                JsonObject.EMPTY,
                                JsonObject.EMPTY)),
                revision);
    }

    /** Lets {@code narrator} write. */
    public static void narrate(Turn turn, ManualNarrator narrator) {
        Narrator source =
                new Narrator() {
                    @Override
                    public String model(Tier tier) {
                        return "test";
                    }

                    @Override
                    public Flow.Publisher<Narration> narrate(Scene scene) {
                        return narrator;
                    }
                };
        Cast cast = Cast.script(source);
        new Narrating(
                        turn,
                        new Narrating.Stage(cast, null, new TurnCounters(), 1_000),
                        NarratorContract.scene())
                .begin();
    }
}
