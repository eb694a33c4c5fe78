package io.worldweave.nats;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.ConversationId;
import io.worldweave.domain.turn.TurnEvent;
import io.worldweave.domain.turn.TurnNews;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Position;
import io.worldweave.wire.stored.Fields;
import io.worldweave.wire.stored.WorldIdJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told of turns, as messages. Which conversation it is of, the subject says.
 *
 * <p>Reading throws {@link IllegalArgumentException} at whatever is not what a node writes.
 */
final class TurnNewsJson {
    private static final String KIND = "kind";
    private static final String TURN = "turn";
    private static final String VIEWER = "viewer";
    private static final String OFFSET = "offset";
    private static final String TYPE = "type";

    private TurnNewsJson() {}

    static JsonObject write(TurnNews news) {
        return switch (news) {
            case TurnNews.Watched watched ->
                    kind("watched")
                            .with(VIEWER, Json.of(watched.viewer().value()))
                            .with(TURN, Json.of(watched.turn()))
                            .with(OFFSET, Json.of(watched.offset()));
            case TurnNews.Stopped stopped ->
                    kind("stopped")
                            .with(VIEWER, Json.of(stopped.viewer().value()))
                            .with(TURN, Json.of(stopped.turn()));
            case TurnNews.Denied denied ->
                    kind("denied").with(VIEWER, Json.of(denied.viewer().value()));
            case TurnNews.Told told ->
                    kind("told")
                            .with(TURN, Json.of(told.turn().number()))
                            .with("owner", Json.of(told.turn().owner().value()))
                            .with("world", WorldIdJson.write(told.turn().world()))
                            .with("epoch", Json.of(told.turn().start().epoch()))
                            .with("revision", Json.of(told.turn().start().revision()))
                            .with(OFFSET, Json.of(told.offset()))
                            .with(
                                    "pieces",
                                    new JsonArray(
                                            told.pieces().stream()
                                                    .<Json>map(TurnNewsJson::piece)
                                                    .toList()));
        };
    }

    private static JsonObject kind(String kind) {
        return JsonObject.of(KIND, Json.of(kind));
    }

    private static JsonObject piece(TurnNews.Piece piece) {
        return event(piece.event()).with("fence", Json.of(piece.fence()));
    }

    private static JsonObject event(TurnEvent event) {
        return switch (event) {
            case TurnEvent.Metadata metadata ->
                    type("metadata")
                            .with("model", Json.of(metadata.model()))
                            .with("timestamp", Json.of(metadata.timestampMillis()))
                            .with("version", Json.of(metadata.snapshotVersion()));
            case TurnEvent.Content content -> type("content").with("text", Json.of(content.text()));
            case TurnEvent.ToolUse use -> toolUse(use.result());
            case TurnEvent.Failure failure ->
                    type("failure")
                            .with("code", Json.of(failure.code()))
                            .with("message", Json.of(failure.message()));
            case TurnEvent.Done done -> type("done").with("reason", Json.of(done.reason().name()));
        };
    }

    private static JsonObject toolUse(ActionResult result) {
        JsonObject json =
                type("tool_use")
                        .with("action", Json.of(result.action()))
                        .with("success", Json.of(result.success()))
                        .with("code", Json.of(result.code()))
                        .with("message", Json.of(result.message()))
                        .with("arguments", result.arguments())
                        .with("metadata", result.metadata());
        String item = result.itemId();
        return item == null ? json : json.with("item", Json.of(item));
    }

    private static JsonObject type(String type) {
        return JsonObject.of(TYPE, Json.of(type));
    }

    static TurnNews read(ConversationId conversation, JsonObject json) {
        return switch (Fields.text(json, KIND)) {
            case "watched" ->
                    new TurnNews.Watched(
                            conversation,
                            viewer(json),
                            Fields.number(json, TURN),
                            Fields.number(json, OFFSET));
            case "stopped" ->
                    new TurnNews.Stopped(conversation, viewer(json), Fields.number(json, TURN));
            case "denied" -> new TurnNews.Denied(conversation, viewer(json));
            case "told" ->
                    new TurnNews.Told(
                            conversation,
                            new TurnNews.Beginning(
                                    Fields.number(json, TURN),
                                    new UserId(Fields.text(json, "owner")),
                                    WorldIdJson.read(Fields.object(json, "world")),
                                    new Position(
                                            Fields.text(json, "epoch"),
                                            Fields.number(json, "revision"))),
                            Fields.number(json, OFFSET),
                            pieces(json));
            default -> throw new IllegalArgumentException("no news of a turn");
        };
    }

    private static UserId viewer(JsonObject json) {
        return new UserId(Fields.text(json, VIEWER));
    }

    private static List<TurnNews.Piece> pieces(JsonObject json) {
        if (!(json.get("pieces") instanceof JsonArray array)) {
            throw new IllegalArgumentException("'pieces' is no list");
        }
        List<TurnNews.Piece> pieces = new ArrayList<>();
        for (Json element : array.elements()) {
            if (!(element instanceof JsonObject piece)) {
                throw new IllegalArgumentException("a piece is no object");
            }
            pieces.add(new TurnNews.Piece(event(piece), Fields.number(piece, "fence")));
        }
        return pieces;
    }

    private static TurnEvent event(JsonObject json) {
        return switch (Fields.text(json, TYPE)) {
            case "metadata" ->
                    new TurnEvent.Metadata(
                            Fields.text(json, "model"),
                            Fields.number(json, "timestamp"),
                            Fields.number(json, "version"));
            case "content" -> new TurnEvent.Content(Fields.text(json, "text"));
            case "tool_use" ->
                    new TurnEvent.ToolUse(
                            new ActionResult(
                                    Fields.text(json, "action"),
                                    JsonBoolean.TRUE.equals(json.get("success")),
                                    Fields.text(json, "code"),
                                    Fields.text(json, "message"),
                                    json.text("item"),
                                    Fields.object(json, "arguments"),
                                    Fields.object(json, "metadata")));
            case "failure" ->
                    new TurnEvent.Failure(Fields.text(json, "code"), Fields.text(json, "message"));
            case "done" ->
                    new TurnEvent.Done(TurnEvent.FinishReason.valueOf(Fields.text(json, "reason")));
            default -> throw new IllegalArgumentException("no event of a turn");
        };
    }
}
