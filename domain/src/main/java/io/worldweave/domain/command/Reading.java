package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import java.util.Map;

/**
 * A request as it was understood: which command is meant, and what it was given.
 *
 * @param arguments by the names of the command's parameters
 */
record Reading(CommandSpec command, Map<String, Argument> arguments) {
    Reading {
        arguments = Map.copyOf(arguments);
    }
}
