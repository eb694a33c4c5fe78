package io.worldweave.domain.command;

import io.worldweave.domain.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request, for the one who made it.
 *
 * @param action the action that was run, or the empty text if the request was not understood
 * @param code outcome code, such as {@code success} or {@code not_here}
 * @param message what to tell the player
 * @param itemId instance id of the item concerned
 * @param arguments as they were understood
 * @param metadata further facts about the outcome
 */
public record ActionResult(
        String action,
        boolean success,
        String code,
        String message,
        @Nullable String itemId,
        JsonObject arguments,
        JsonObject metadata) {

    /** The code of a request that matched no command. */
    public static final String NOT_UNDERSTOOD = "not_understood";

    /** The code of a request that the player made too soon after others. */
    public static final String TOO_MANY_REQUESTS = "too_many_requests";

    /** Returns what is said to a player of a request of which nothing came. */
    public static ActionResult refusal(String action, String code, String message) {
        return new ActionResult(
                action, false, code, message, null, JsonObject.EMPTY, JsonObject.EMPTY);
    }

    /** Returns whether nothing was done because it was asked for too soon. */
    public boolean isTooSoon() {
        return code.equals(TOO_MANY_REQUESTS);
    }

    public boolean understood() {
        return !code.equals(NOT_UNDERSTOOD);
    }
}
