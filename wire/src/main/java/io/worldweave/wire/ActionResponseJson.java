package io.worldweave.wire;

import io.worldweave.domain.command.ActionResult;
import io.worldweave.domain.command.Request;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;

/** Encodes what became of a request, for the one who made it. */
public final class ActionResponseJson {
    private static final String ITEM_ID = "item_id";

    private ActionResponseJson() {}

    /**
     * Returns the {@code action_response}. The outcome code stands in its metadata; the item's id
     * there and at the root, where clients look for it. A structured request that no command was
     * found for gets back the action that it named.
     *
     * @param timestampMillis Unix milliseconds
     */
    public static JsonObject of(ActionResult result, Request request, long timestampMillis) {
        JsonObject response =
                JsonObject.of("type", Json.of("action_response"))
                        .with("action", Json.of(action(result, request)))
                        .with("success", Json.of(result.success()))
                        .with("message", Json.of(result.message()));
        if (result.itemId() != null) {
            response = response.with(ITEM_ID, Json.of(result.itemId()));
        }
        return response.with("timestamp", Json.of(timestampMillis))
                .with("metadata", metadata(result));
    }

    private static String action(ActionResult result, Request request) {
        return result.action().isEmpty() && request instanceof Request.Structured structured
                ? structured.action()
                : result.action();
    }

    /** Returns the {@code result} of a {@code tool_use}. */
    static JsonObject result(ActionResult result) {
        return JsonObject.of("success", Json.of(result.success()))
                .with("message", Json.of(result.message()))
                .with("metadata", metadata(result));
    }

    private static JsonObject metadata(ActionResult result) {
        JsonObject metadata = result.metadata().with("code", Json.of(result.code()));
        return result.itemId() == null
                ? metadata
                : metadata.with(ITEM_ID, Json.of(result.itemId()));
    }
}
