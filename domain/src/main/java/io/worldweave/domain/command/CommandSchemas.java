package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Describes the structured form of commands as JSON Schemas (draft 2020-12). */
public final class CommandSchemas {
    private CommandSchemas() {}

    /**
     * Returns the schemas of the commands that {@code who} may use, by action name; an admin
     * command goes by its own name, such as {@code @spawn}.
     */
    public static JsonObject of(Experience experience, Identity who) {
        List<CommandSpec> commands =
                experience.commands().values().stream()
                        .filter(command -> !command.admin() || who.isAdmin())
                        .sorted(Comparator.comparing(CommandSpec::name))
                        .toList();
        JsonObject schemas = JsonObject.EMPTY;
        for (CommandSpec command : commands) {
            String name = structuredName(command);
            if (!schemas.has(name)) {
                schemas = schemas.with(name, schema(command));
            }
        }
        return schemas;
    }

    /**
     * Returns the players' commands as they are offered to a language model. What admins alone may
     * do is never among them, whoever plays: a model can be talked into things.
     */
    public static List<Tool> tools(Experience experience) {
        List<Tool> tools = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (CommandSpec command : experience.playerCommands()) {
            if (!Action.FOR_ADMINS.contains(command.action()) && names.add(command.action())) {
                tools.add(tool(command));
            }
        }
        return tools;
    }

    private static Tool tool(CommandSpec command) {
        JsonObject schema = schema(command);
        JsonObject properties = schema.object("properties").without("type").without("action");
        List<Json> required =
                Thing.texts(schema.get("required")).stream()
                        .filter(name -> !name.equals("action"))
                        .<Json>map(Json::of)
                        .toList();
        return new Tool(
                command.action(),
                command.description(),
                schema.without("description")
                        .with("properties", properties)
                        .with("required", new JsonArray(required)));
    }

    /**
     * Returns the names that arguments have in every experience; each of them is a text. Commands
     * may name further arguments.
     */
    public static Set<String> argumentNames() {
        return ArgumentNames.USUAL;
    }

    /** Returns the {@code action} by which the structured form names the command. */
    static String structuredName(CommandSpec command) {
        return command.admin() ? command.name() : command.action();
    }

    /** Returns the schema of one command's structured form. */
    public static JsonObject schema(CommandSpec command) {
        JsonObject properties =
                JsonObject.of(
                        "type",
                        JsonObject.of("const", Json.of("action")),
                        "action",
                        JsonObject.of("const", Json.of(structuredName(command))));
        List<Json> required = new ArrayList<>(List.of(Json.of("action")));
        List<Json> alternatives = new ArrayList<>();
        for (CommandSpec.Parameter parameter : command.parameters()) {
            List<String> names = ArgumentNames.of(parameter);
            for (String name : names) {
                properties =
                        properties.with(
                                name,
                                JsonObject.of(
                                        "type",
                                        Json.of("string"),
                                        "maxLength",
                                        Json.of(Request.Spoken.LENGTH_LIMIT)));
            }
            if (parameter.required() && names.size() == 1) {
                required.add(Json.of(names.getFirst()));
            } else if (parameter.required()) {
                alternatives.add(anyOf(names));
            }
        }
        JsonObject schema =
                JsonObject.of("type", Json.of("object"))
                        .with("description", Json.of(command.description()))
                        .with("properties", properties)
                        .with("required", new JsonArray(required));
        return alternatives.isEmpty() ? schema : schema.with("allOf", new JsonArray(alternatives));
    }

    private static Json anyOf(List<String> names) {
        List<Json> options = new ArrayList<>();
        for (String name : names) {
            options.add(JsonObject.of("required", new JsonArray(List.of(Json.of(name)))));
        }
        return JsonObject.of("anyOf", new JsonArray(options));
    }
}
