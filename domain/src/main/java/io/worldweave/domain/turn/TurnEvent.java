package io.worldweave.domain.turn;

import io.worldweave.domain.command.ActionResult;

/** One thing that a turn says to its viewers. */
public sealed interface TurnEvent {
    /**
     * How a turn begins.
     *
     * @param model what writes the narrative
     * @param snapshotVersion the revision at which the chain of a stream of this turn starts
     */
    record Metadata(String model, long timestampMillis, long snapshotVersion)
            implements TurnEvent {}

    /** Narrative: the next characters of the text. */
    record Content(String text) implements TurnEvent {}

    /** A command that the turn ran. */
    record ToolUse(ActionResult result) implements TurnEvent {}

    /** A failure that the turn survives or ends with. */
    record Failure(String code, String message) implements TurnEvent {}

    /** How a turn ends; nothing follows. */
    record Done(FinishReason reason) implements TurnEvent {}

    /** Why a turn ended. */
    enum FinishReason {
        STOP,
        TIMEOUT,
        CANCELLED,
        ERROR
    }
}
