package io.worldweave.domain.turn;

import io.worldweave.domain.json.JsonObject;

/** One thing that comes from a narrator. */
public sealed interface Narration {
    /** The next characters of the text. */
    record Words(String text) implements Narration {}

    /** The narrator is at work on something that is no text yet. */
    record Sign() implements Narration {}

    /**
     * A command that the narrator wants run, told whole. It is run when the narrator has completed,
     * and not if it fails.
     *
     * @param id tells it from the others of its round
     */
    record Call(String id, String tool, JsonObject arguments) implements Narration {}

    /**
     * A command that the narrator described so that nobody can tell what is meant.
     *
     * @param reason what is wrong, for the narrator
     */
    record BrokenCall(String id, String tool, String reason) implements Narration {}

    /** What a round has cost. */
    record Usage(long tokensIn, long tokensOut) implements Narration {}
}
