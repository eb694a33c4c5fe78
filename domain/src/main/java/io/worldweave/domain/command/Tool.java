package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is offered to a language model.
 *
 * @param name the action's name
 * @param parameters the JSON Schema of the command, without what makes a message of it
 */
public record Tool(String name, String description, JsonObject parameters) {

    /**
     * Returns what is wrong with {@code arguments}, or null if they are what the schema asks for.
     */
    public @Nullable String problemOf(JsonObject arguments) {
        JsonObject known = parameters.object("properties");
        for (String name : arguments.names()) {
            if (!known.has(name)) {
                return "there is no argument " + Words.of(name).echo();
            }
            if (!(arguments.get(name) instanceof JsonString text)) {
                return name + " must be a string";
            }
            if (text.value().length() > Request.Spoken.LENGTH_LIMIT) {
                return name + " is too long";
            }
        }
        return missing(arguments);
    }

    private @Nullable String missing(JsonObject arguments) {
        for (String name : Thing.texts(parameters.get("required"))) {
            if (!arguments.has(name)) {
                return name + " is missing";
            }
        }
        if (parameters.get("allOf") instanceof JsonArray(List<Json> rules)) {
            for (Json rule : rules) {
                List<String> names = alternatives(rule);
                if (names.stream().noneMatch(arguments::has)) {
                    return "one of " + String.join(", ", names) + " is missing";
                }
            }
        }
        return null;
    }

    /** Returns the names of which a rule of the schema wants one. */
    public static List<String> alternatives(Json rule) {
        return rule instanceof JsonObject object
                        && object.get("anyOf") instanceof JsonArray(List<Json> options)
                ? options.stream()
                        .filter(JsonObject.class::isInstance)
                        .flatMap(option ->
                                Thing.texts(((JsonObject) option).get("required")).stream())
                        .toList()
                : List.of();
    }
}
