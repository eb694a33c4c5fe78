package io.worldweave.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.live.View;
import io.worldweave.domain.presence.PresenceEvent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionJsonTest {
    private static final CursorToken TOKENS = new CursorToken(new byte[32]);
    private static final JsonObject WORLD =
            Shop.json(
                    """
                    {"time_of_day":"dusk","locations":{
                      "woander_store":{"id":"woander_store","name":"Woander's Magical Shop",
                        "description":"A crooked little shop.","gps":{"lat":37.9,"lng":-122.5},
                        "areas":{"main_room":{"id":"main_room","name":"Main Room",
                          "description":"Shelves.","spots":{"spot_1":{"id":"spot_1","name":"Shelf",
                            "description":"Oak.","items":[],"npcs":[]}}}}},
                      "waypoint_28a":{"id":"waypoint_28a","name":"Clearing","areas":{}}}}\
                    """);

    private static WorldState standingIn(String zone) {
        WorldState state = WorldState.initial("e1", WORLD);
        Change own =
                new Change.Add(
                        Shop.OWN,
                        Pointer.ROOT,
                        Shop.json(
                                """
                                {"current_location":%s,"current_area":null,"inventory":[]}\
                                """
                                        .formatted(zone)));
        Change bottle = Shop.add(Part.SHARED, Shop.SPOT + "/items/dream_bottle_1", Shop.BOTTLE);
        Edit<WorldState> edit =
                state.apply(
                        new Delta(0, Actor.of(Shop.ALICE), "x", Shop.NOW, List.of(own, bottle)));
        return ((Edit.Applied<WorldState>) edit).result();
    }

    private static Cursor cursor(WorldState state) {
        return new Cursor(state.position(), "zone", Shop.ALICE, List.of());
    }

    private static Frame areaOfInterest(String zone) {
        WorldState state = standingIn(zone);
        return new Frame.Snapshot(
                Shop.WORLD, new View.Zone(Shop.ALICE), state, cursor(state), Shop.NOW);
    }

    private static String text(Frame frame) {
        Utf8Buffer out = new Utf8Buffer(64);
        assertThat(new SessionFrameJson(WireVersion.V0_4, TOKENS).append(frame, out))
                .isEqualTo(FrameJson.Result.WRITTEN);
        return out.toString();
    }

    @Test
    void theAreaOfInterestIsTheZoneWhereThePlayerIs() {
        Golden.check("session-area-of-interest", text(areaOfInterest("\"woander_store\"")));
    }

    @Test
    void whereNoZoneIsNearItHoldsThePlayersOwnPartAlone() {
        Golden.check("session-area-of-interest-nowhere", text(areaOfInterest("null")));
        assertThat(text(areaOfInterest("\"a_zone_that_is_gone\"")))
                .contains("\"zone\":null,\"areas\":{}");
    }

    @Test
    void aStreamOfEventsShowsTheSameButNoCursorInside() {
        Utf8Buffer out = new Utf8Buffer(64);
        new FrameJson(WireVersion.V0_3).append(areaOfInterest("\"woander_store\""), out);
        assertThat(text(areaOfInterest("\"woander_store\"")))
                .startsWith(out.toString().substring(0, out.size() - 1) + ",\"cursor\":\"");
    }

    @Test
    void anUpdateBearsItsCursor() {
        WorldState state = standingIn("\"woander_store\"");
        Frame update = new Frame.WorldUpdate(Shop.taken(), 0, cursor(state));
        JsonObject message = Shop.json(text(update));
        assertThat(TOKENS.decode(message.text("cursor", ""))).isEqualTo(cursor(state));
        assertThat(message.get("base_version")).isEqualTo(Json.of(0));
        assertThat(message.get("snapshot_version")).isEqualTo(Json.of(1));
    }

    @Test
    void whatATurnSaysBearsItsConversation() {
        WorldState state = standingIn("null");
        Frame said =
                new Frame.Said(
                        new ConversationId("c-1"), new TurnEvent.Content("Hm."), cursor(state));
        JsonObject message = Shop.json(text(said));
        assertThat(message.text("type")).isEqualTo("content");
        assertThat(message.text("conversation_id")).isEqualTo("c-1");
        assertThat(message.has("cursor")).isTrue();
    }

    @Test
    void aGoodbyeIsThatOfAStream() {
        assertThat(text(new Frame.Closing(CloseReason.SHUTDOWN))).contains("shutting_down");
    }

    @Test
    void theOtherMessagesAreAsTheirFilesShow() {
        Golden.check(
                "session-connected",
                SessionJson.connected(
                                "s-1", Shop.ALICE, Shop.WOODS, Shop.NOW, "Welcome to Wylding Woods")
                        .toString());
        Golden.check(
                "session-error",
                SessionJson.error(
                                new ClientMessage.Refused(
                                        SessionErrorCode.MISSING_ACTION,
                                        SessionErrorCode.MISSING_ACTION.title()),
                                Shop.NOW)
                        .toString());
        Golden.check(
                "session-presence",
                SessionJson.presence(
                                new Frame.Presence(
                                        new PresenceEvent(
                                                PresenceEvent.Kind.JOIN,
                                                new UserId("bob"),
                                                "woander_store"),
                                        Shop.NOW))
                        .toString());
        Golden.check(
                "session-pong", SessionJson.pong(new ClientMessage.Ping(Json.of(17))).toString());
        Golden.check(
                "session-commands-schema",
                SessionJson.commandsSchema(
                                JsonObject.of("go", JsonObject.of("type", Json.of("object"))),
                                Shop.NOW)
                        .toString());
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeOfASessionHasItsWords(SessionErrorCode code) {
        assertThat(code.code()).matches("[a-z]+(_[a-z]+)*");
        assertThat(code.title()).isNotBlank();
    }
}
