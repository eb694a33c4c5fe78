package io.worldweave.domain.turn;

/** How much of a model a turn is worth. */
public enum Tier {
    /** A command was run, and what came of it is told: a quick model will do. */
    COMMAND,
    /** Anything may be said, and done by tools: a larger model. */
    CONVERSATION
}
