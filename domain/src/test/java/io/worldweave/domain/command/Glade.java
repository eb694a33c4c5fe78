package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.content.CommandSpec.Kind;
import io.worldweave.domain.content.CommandSpec.Parameter;
import io.worldweave.domain.content.CommandSpec.Scope;
import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Quest;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.ExperienceId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small experience, written in code: a shop with two bottles, two houses that miss them, two
 * characters and a clearing outside.
 */
public final class Glade {
    public static final ExperienceId ID = new ExperienceId("glade");

    private Glade() {}

    /** Returns the experience; {@code capabilities} as in {@code config.json}. */
    public static Experience experience(JsonObject capabilities) {
        JsonObject config =
                JsonObject.of(
                                "bootstrap",
                                object(
                                        "player_starting_location", Json.of("shop"),
                                        "player_starting_area", Json.of("shelf")))
                        .with("capabilities", capabilities)
                        .with(
                                "texts",
                                JsonObject.of(
                                        "not_understood",
                                        Json.of("Try one of these: {commands}.")));
        return new Experience(
                        ID,
                        "Glade",
                        "1.0.0",
                        Experience.StateModel.SHARED,
                        config,
                        world(),
                        templates(),
                        commands(),
                        Map.of("muddle", quest()))
                .withInstructions("Tell it as a fairy tale.");
    }

    public static Experience experience() {
        return experience(JsonObject.of("gps_based", Json.of(false)));
    }

    /** Returns the experience with {@code multiplayer} as in {@code config.json}. */
    public static Experience withMultiplayer(JsonObject multiplayer) {
        Experience glade = experience();
        return new Experience(
                glade.id(),
                glade.name(),
                glade.version(),
                glade.model(),
                glade.config().with("multiplayer", multiplayer),
                glade.authoredWorld(),
                glade.templates(),
                glade.commands(),
                glade.quests());
    }

    private static JsonObject world() {
        JsonObject shelf =
                spot(
                        items(
                                bottle("bottle_1", "peaceful dream bottle", "spiral"),
                                bottle("bottle_2", "adventurous dream bottle", "star"),
                                item("lens_1", "lens"),
                                item("cat_1", "cat"),
                                item("ghost_1", "cat")
                                        .with("semantic_name", Json.of("grey ghost"))
                                        .with("visible", Json.of(false))));
        JsonObject shop =
                place("The Little Shop")
                        .with(
                                "areas",
                                object(
                                        "shelf",
                                        area("Display Shelf", shelf, "shelves"),
                                        "counter",
                                        area(
                                                "Counter",
                                                spot(items()).with("npcs", npcs("woander")),
                                                "woander's counter"),
                                        "fairy_door_main",
                                        area(
                                                "Main Fairy Door",
                                                spot(items()).with("npcs", npcs("louisa")),
                                                "louisa's door"),
                                        "house_spiral",
                                        area(
                                                "House of the Spiral",
                                                spot(items()).with("symbol", Json.of("spiral"))),
                                        "house_star",
                                        area(
                                                "House of the Star",
                                                spot(items()).with("symbol", Json.of("star"))),
                                        "bare_corner",
                                        area("Bare Corner", place("Bare Boards")),
                                        "void",
                                        place("The Void")));
        JsonObject clearing =
                place("The Clearing")
                        .with("areas", object("moss", area("Ring of Moss", spot(items()))));
        return JsonObject.of("metadata", JsonObject.of("_version", Json.of(7)))
                .with("time_of_day", Json.of("dusk"))
                .with("locations", object("shop", shop, "clearing", clearing));
    }

    private static Map<String, Template> templates() {
        JsonObject use =
                object(
                        "narrative",
                        object(
                                "use", Json.of("A dream nods to you."),
                                "take", Json.of("It is warm.")));
        return Map.of(
                "dream_bottle",
                template(
                        "dream_bottle",
                        properties("dream bottle", "A bottle that glows.", true, true)
                                .with("state", object("glowing", Json.of(true))),
                        use),
                "lens",
                template("lens", properties("scrying lens", "A lens.", true, true), use),
                "cat",
                template("cat", properties("shop cat", "", false, false), JsonObject.EMPTY),
                "woander",
                npc(
                        "woander",
                        "Woander",
                        object(
                                "greeting", Json.of("Welcome, {player}!"),
                                "about_louisa", Json.of("She weaves."),
                                "farewell", Json.of("Off already?"),
                                "default", Json.of("Now that is a question!"),
                                "thanks", Json.of("For me? The {item}!"))),
                "louisa",
                npc(
                        "louisa",
                        "Louisa",
                        object(
                                "quest_offer", Json.of("Have you come to help, {player}?"),
                                "quest_active", Json.of("{count} of {goal}. Missing: {remaining}."),
                                "quest_complete", Json.of("Sleep well."),
                                "about_dreams", Json.of("I spin them."),
                                "about_bottles", Json.of("I seal them."),
                                "default", Json.of("My head is all lint."))));
    }

    private static Quest quest() {
        return new Quest(
                "muddle",
                "The Muddle",
                "Bring them home.",
                "louisa_1",
                "state.symbol",
                List.of("spiral", "star"),
                25,
                Map.of(
                        "begin", "A page turns over.",
                        "progress", "The {symbol} lights up: {count} of {goal}, not {remaining}.",
                        "repeated", "The {symbol} has its dream.",
                        "mismatch", "The seal shows a {symbol}.",
                        "complete", "All {goal} are home."));
    }

    private static Map<String, CommandSpec> commands() {
        Parameter here = new Parameter("item", Kind.ITEM, Scope.AREA, List.of(), true);
        Parameter carried = new Parameter("item", Kind.ITEM, Scope.INVENTORY, List.of(), true);
        Parameter seen = new Parameter("item", Kind.THING, Scope.VISIBLE, List.of(), true);
        Parameter recipient = new Parameter("recipient", Kind.PERSON, null, List.of("to"), true);
        Parameter way = new Parameter("destination", Kind.DESTINATION, null, List.of(), true);
        Parameter npc = new Parameter("npc", Kind.NPC, Scope.AREA, List.of("to", "with"), true);
        Parameter topic = new Parameter("topic", Kind.TEXT, null, List.of("about"), false);
        Parameter template = new Parameter("template", Kind.TEXT, null, List.of(), true);
        Parameter at = new Parameter("area", Kind.DESTINATION, Scope.WORLD, List.of("at"), false);
        Parameter any = new Parameter("item", Kind.ITEM, Scope.WORLD, List.of(), true);
        Parameter thing = new Parameter("thing", Kind.THING, Scope.WORLD, List.of(), true);
        Map<String, CommandSpec> all = new LinkedHashMap<>();
        command(all, "look", "look", List.of("look around", "l", "where am i"));
        command(all, "go", "go", List.of("walk", "go to", "walk to", "step up to"), way);
        command(all, "take", "collect_item", List.of("grab", "get", "collect", "pick up"), here);
        command(all, "drop", "drop_item", List.of("put down", "leave"), carried);
        command(all, "use", "use_item", List.of(), seen);
        command(all, "give", "give_item", List.of("hand", "offer"), carried, recipient);
        command(all, "return", "return_item", List.of("bring back", "give back"), carried);
        command(all, "examine", "examine", List.of("look at", "x"), seen);
        command(all, "inventory", "inventory", List.of("check my inventory", "i", "bag"));
        command(all, "talk", "talk", List.of("speak", "say hello", "hello", "ask"), npc, topic);
        command(all, "help", "help", List.of("what can i do", "?"));
        command(all, "@spawn", "spawn", List.of("@create"), template, at);
        command(all, "@remove", "remove_item", List.of("@delete"), any);
        command(all, "@teleport", "teleport", List.of("@goto"), way);
        command(all, "@where", "where", List.of("@find"), thing);
        return all;
    }

    private static void command(
            Map<String, CommandSpec> all,
            String name,
            String action,
            List<String> aliases,
            Parameter... parameters) {
        Map<String, String> texts =
                name.equals("take") ? Map.of("not_here", "No {item} is here, {player}.") : Map.of();
        all.put(
                name,
                new CommandSpec(
                        name,
                        action,
                        aliases,
                        "Does it.",
                        List.of(name),
                        List.of(parameters),
                        texts,
                        ""));
    }

    static JsonObject object(Object... namesAndValues) {
        JsonObject result = JsonObject.EMPTY;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            result = result.with((String) namesAndValues[i], (Json) namesAndValues[i + 1]);
        }
        return result;
    }

    static JsonObject item(String id, String template) {
        return JsonObject.of(Json.INSTANCE_ID, Json.of(id), "template_id", Json.of(template));
    }

    static JsonObject bottle(String id, String name, String symbol) {
        return item(id, "dream_bottle")
                .with("semantic_name", Json.of(name))
                .with("state", JsonObject.of("symbol", Json.of(symbol)));
    }

    private static JsonObject place(String name) {
        return JsonObject.of("name", Json.of(name), "description", Json.of("It is " + name + "."));
    }

    private static JsonObject area(String name, JsonObject spot, String... aliases) {
        return place(name)
                .with("aliases", texts(aliases))
                .with("spots", JsonObject.of("spot_1", spot));
    }

    private static JsonArray texts(String... texts) {
        return new JsonArray(Arrays.stream(texts).<Json>map(Json::of).toList());
    }

    private static JsonObject spot(Json items) {
        return place("A Spot").with("items", items).with("npcs", JsonArray.EMPTY);
    }

    private static Json items(JsonObject... items) {
        return Json.array(List.of(items));
    }

    private static Json npcs(String template) {
        return items(item(template + "_1", template));
    }

    private static JsonObject properties(
            String name, String description, boolean collectible, boolean usable) {
        JsonObject properties = object("semantic_name", Json.of(name));
        return properties
                .with("description", Json.of(description))
                .with("collectible", Json.of(collectible))
                .with("visible", Json.of(true))
                .with("usable", Json.of(usable));
    }

    private static Template template(String id, JsonObject properties, JsonObject sections) {
        return new Template(id, Template.Kind.ITEM, properties, sections);
    }

    private static Template npc(String id, String name, JsonObject dialogue) {
        return new Template(
                id,
                Template.Kind.NPC,
                object("name", Json.of(name), "description", Json.of("This is " + name + ".")),
                JsonObject.of("dialogue", dialogue));
    }
}
