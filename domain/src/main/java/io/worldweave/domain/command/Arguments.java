package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec.Kind;
import io.worldweave.domain.content.CommandSpec.Parameter;
import io.worldweave.domain.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each parameter of a command what a request says for it. */
final class Arguments {
    private final List<Parameter> parameters;
    private final Map<String, Argument> found = new HashMap<>();

    private Arguments(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    /** Returns the arguments of a structured request, by parameter name. */
    static Map<String, Argument> structured(List<Parameter> parameters, JsonObject given) {
        Map<String, Argument> arguments = new HashMap<>();
        for (Parameter parameter : parameters) {
            for (String name : ArgumentNames.of(parameter)) {
                String text = given.text(name, "");
                if (!text.isEmpty() && text.length() <= Request.Spoken.LENGTH_LIMIT) {
                    arguments.putIfAbsent(
                            parameter.name(),
                            ArgumentNames.isId(name)
                                    ? new Argument.ById(name, text)
                                    : new Argument.Said(Words.of(text), text));
                }
            }
        }
        return arguments;
    }

    /** Parts what follows a command's own words by the words that introduce parameters. */
    static Map<String, Argument> spoken(List<Parameter> parameters, Words words) {
        Arguments arguments = new Arguments(parameters);
        arguments.part(words);
        return arguments.found;
    }

    /**
     * Free text goes on to the end, so it begins at the first of its words; everything else begins
     * at the last of its words, for a name may hold them too.
     */
    private void part(Words words) {
        Words head = words;
        for (Parameter parameter : parameters) {
            int marker = parameter.kind() == Kind.TEXT ? first(parameter, head) : -1;
            if (marker >= 0) {
                Words text = head.from(marker + 1);
                head = head.until(marker);
                if (wanting(head)) {
                    text = cutMarked(text);
                }
                put(parameter, text);
            }
        }
        head = cutMarked(head);
        for (Parameter parameter : parameters) {
            if (!head.isEmpty() && parameter.after().isEmpty() && put(parameter, head)) {
                head = Words.NONE;
            }
        }
        for (Parameter parameter : parameters) {
            if (!head.isEmpty() && put(parameter, head)) {
                head = Words.NONE;
            }
        }
    }

    /** Without a head, somebody who must be named can only be named after the text. */
    private boolean wanting(Words head) {
        return head.isEmpty() && parameters.stream().anyMatch(Parameter::required);
    }

    /** Takes the marked arguments off the end of the words, and returns what is before them. */
    private Words cutMarked(Words words) {
        Words head = words;
        for (Parameter parameter : parameters.reversed()) {
            if (parameter.kind() == Kind.TEXT || found.containsKey(parameter.name())) {
                continue;
            }
            int marker = last(parameter, head);
            if (marker >= 0 && put(parameter, head.from(marker + 1))) {
                head = head.until(marker);
            }
        }
        return head;
    }

    private boolean put(Parameter parameter, Words words) {
        return !words.isEmpty()
                && found.putIfAbsent(parameter.name(), Argument.said(words)) == null;
    }

    private static int first(Parameter parameter, Words words) {
        for (int i = 0; i < words.size(); i++) {
            if (parameter.after().contains(words.list().get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int last(Parameter parameter, Words words) {
        for (int i = words.size() - 1; i >= 0; i--) {
            if (parameter.after().contains(words.list().get(i))) {
                return i;
            }
        }
        return -1;
    }
}
