package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.View;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.CloseReason;
import io.worldweave.domain.weave.Cursor;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.Edit;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameJsonTest {
    private static final View VIEW = new View.World(Shop.ALICE);
    private static final WorldState EMPTY =
            WorldState.initial("e1", JsonObject.of("time_of_day", Json.of("dusk")));
    private static final WorldState ENTERED = entered();
    private static final ActionResult TAKEN =
            new ActionResult(
                    "collect_item",
                    true,
                    "success",
                    "You take the peaceful dream bottle.",
                    "dream_bottle_1",
                    JsonObject.of("instance_id", Json.of("dream_bottle_1")),
                    JsonObject.of("revision", Json.of(42)));

    private static WorldState entered() {
        Change own =
                new Change.Add(
                        Shop.OWN,
                        Pointer.ROOT,
                        Shop.json("{\"current_location\":\"woander_store\",\"inventory\":[]}"));
        Change bob =
                new Change.Add(
                        Part.own(new UserId("bob")), Pointer.ROOT, Shop.json("{\"secret\":true}"));
        Edit<WorldState> edit =
                EMPTY.apply(new Delta(0, Actor.of(Shop.ALICE), "x", Shop.NOW, List.of(own, bob)));
        return ((Edit.Applied<WorldState>) edit).result();
    }

    private static Cursor cursor(WorldState state) {
        return new Cursor(state.position(), "world", Shop.ALICE, List.of());
    }

    private static Frame snapshot(WorldState state) {
        return new Frame.Snapshot(Shop.WORLD, VIEW, state, cursor(state), Shop.NOW);
    }

    private static Frame said(TurnEvent event) {
        return new Frame.Said(new ConversationId("c-1"), event, cursor(ENTERED));
    }

    private static String text(Frame frame) {
        Utf8Buffer out = new Utf8Buffer(64);
        assertThat(new FrameJson(WireVersion.V0_4).append(frame, out))
                .isEqualTo(FrameJson.Result.WRITTEN);
        return out.toString();
    }

    @TestFactory
    Stream<DynamicTest> everyFrameIsAsItsFileShows() {
        Map<String, Frame> frames =
                Map.of(
                        "snapshot", snapshot(ENTERED),
                        "snapshot-without-player", snapshot(EMPTY),
                        "metadata", said(new TurnEvent.Metadata("scripted", Shop.NOW, 41)),
                        "content", said(new TurnEvent.Content("The bottle hums.\n\u201CAh\u201D")),
                        "tool-use", said(new TurnEvent.ToolUse(TAKEN)),
                        "error", said(new TurnEvent.Failure("narrator_failed", "It broke off.")),
                        "done", said(new TurnEvent.Done(TurnEvent.FinishReason.STOP)),
                        "closing", new Frame.Closing(CloseReason.SHUTDOWN));
        return frames.entrySet().stream()
                .map(each ->
                        DynamicTest.dynamicTest(
                                each.getKey(),
                                () ->
                                        Golden.check(
                                                "frame-" + each.getKey(), text(each.getValue()))));
    }

    @Test
    void anUpdateIsWrittenFromItsStreamsBaseToItsCursor() {
        Frame update = new Frame.WorldUpdate(Shop.taken(), 0, cursor(ENTERED));
        assertThat(text(update)).contains("\"base_version\":0,\"snapshot_version\":1,");
    }

    @Test
    void nobodySeesAnothersPart() {
        assertThat(text(snapshot(ENTERED))).doesNotContain("secret");
    }

    @Test
    void aHeartbeatIsSilent() {
        Utf8Buffer out = new Utf8Buffer(64);
        assertThat(new FrameJson(WireVersion.V0_4).append(new Frame.Heartbeat(), out))
                .isEqualTo(FrameJson.Result.SILENT);
        assertThat(out.size()).isZero();
    }

    @Test
    void whatCannotBeExpressedWritesNothingAndSaysSo() {
        Frame update =
                new Frame.WorldUpdate(
                        Shop.did("x", Shop.replace(Part.SHARED, "", JsonObject.EMPTY)),
                        0,
                        cursor(ENTERED));
        Utf8Buffer out = new Utf8Buffer(64);
        assertThat(new FrameJson(WireVersion.V0_4).append(update, out))
                .isEqualTo(FrameJson.Result.INEXPRESSIBLE);
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamSaysWhetherToComeBackBeforeItCloses(CloseReason reason) {
        assertThat(text(new Frame.Closing(reason))).endsWith("\"retry\":" + reason.retry() + "}");
    }

    @Test
    void anActionsItemStandsAtTheRootToo() {
        Request spoken = new Request.Spoken("take the bottle");
        Golden.check(
                "action-response-of-an-item",
                ActionResponseJson.of(TAKEN, spoken, Shop.NOW).toString());
        ActionResult looked =
                new ActionResult(
                        "look",
                        true,
                        "success",
                        "A shop.",
                        null,
                        JsonObject.EMPTY,
                        JsonObject.EMPTY);
        Golden.check("action-response", ActionResponseJson.of(looked, spoken, Shop.NOW).toString());
    }

    @Test
    void anActionThatIsNotKnownIsRepeatedToTheOneWhoNamedIt() {
        ActionResult refused =
                new ActionResult(
                        "",
                        false,
                        ActionResult.NOT_UNDERSTOOD,
                        "I do not know how to do that.",
                        null,
                        JsonObject.EMPTY,
                        JsonObject.EMPTY);
        Request structured = new Request.Structured("juggle", JsonObject.EMPTY);
        assertThat(ActionResponseJson.of(refused, structured, Shop.NOW).text("action"))
                .isEqualTo("juggle");
        assertThat(
                        ActionResponseJson.of(refused, new Request.Spoken("juggle"), Shop.NOW)
                                .text("action"))
                .isEmpty();
    }
}
