package io.worldweave.domain.command;

import io.worldweave.domain.json.JsonObject;

/** What somebody wants done, before it is known whether it can be. */
public sealed interface Request {
    /** In the player's own words. */
    record Spoken(String message) implements Request {
        public static final int LENGTH_LIMIT = 4_000;
    }

    /** By the name of an action, with its arguments by name, such as {@code instance_id}. */
    record Structured(String action, JsonObject arguments) implements Request {}
}
