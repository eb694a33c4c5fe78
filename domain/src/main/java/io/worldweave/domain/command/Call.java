package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One command that is run in a scene, with what it was given. */
record Call(Scene scene, CommandSpec command, Map<String, Argument> arguments) {

    @Nullable Argument argument(String parameter) {
        return arguments.get(parameter);
    }

    /** Returns this call with other words for a parameter. */
    Call with(String parameter, Argument argument) {
        Map<String, Argument> changed = new HashMap<>(arguments);
        changed.put(parameter, argument);
        return new Call(scene, command, Map.copyOf(changed));
    }

    Reply reply(String code) {
        return new Reply(this, code);
    }

    Draft draft() {
        return new Draft(scene);
    }

    /**
     * Goes on with the one of {@code things} that the argument names, or says why there is none.
     *
     * @param absent the outcome code if none of them is meant
     */
    <T extends Named> Decision on(
            String parameter, List<T> things, String absent, Function<T, Decision> then) {
        Argument argument = argument(parameter);
        if (argument == null) {
            return reply("missing").decide();
        }
        return switch (argument.among(things)) {
            case Match.None<T> _ -> reply(absent).decide();
            case Match.One<T> one -> then.apply(one.thing());
            case Match.Many<T> many -> reply("ambiguous").choices(many.things()).decide();
        };
    }
}
