package io.worldweave.domain.content;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a world and a new player begin with: what was authored, with everything filled in that the
 * templates give.
 */
public final class Seeds {
    private static final String TEMPLATE_ID = "template_id";
    private static final String STATE = "state";

    private Seeds() {}

    /**
     * Returns the shared document at revision 0. {@code metadata} is the service's and left out.
     */
    public static JsonObject world(Experience experience) {
        return world(experience.authoredWorld(), experience.templates());
    }

    /** Returns the same of a world as written and its templates by their ids. */
    public static JsonObject world(JsonObject authored, Map<String, Template> templates) {
        return members(authored.without("metadata"), templates);
    }

    /**
     * Returns the item or NPC with the properties of its template, overlaid by its own; of the
     * member {@code state} the members are overlaid one by one. One of an unknown template stays as
     * it is.
     */
    public static JsonObject item(Experience experience, JsonObject instance) {
        return item(instance, experience.templates());
    }

    /** Returns the same with the templates by their ids. */
    public static JsonObject item(JsonObject instance, Map<String, Template> templates) {
        return filled(instance, templates);
    }

    /** Returns a new player's own part. */
    public static JsonObject player(Experience experience) {
        JsonObject bootstrap = experience.config().object("bootstrap");
        List<JsonObject> inventory =
                bootstrap.items("player_starting_inventory").stream()
                        .map(instance -> filled(instance, experience.templates()))
                        .toList();
        return place("current_location", bootstrap.get("player_starting_location"))
                .overlaidBy(place("current_area", bootstrap.get("player_starting_area")))
                .with("inventory", Json.array(inventory))
                .with("quests", JsonObject.EMPTY)
                .with("trust", JsonObject.EMPTY);
    }

    private static JsonObject place(String name, @Nullable Json id) {
        return JsonObject.of(name, id instanceof JsonString ? id : JsonNull.NULL);
    }

    private static JsonObject members(JsonObject object, Map<String, Template> templates) {
        JsonObject[] result = {JsonObject.EMPTY};
        object.forEach(
                (name, member) -> result[0] = result[0].with(name, value(member, templates)));
        return result[0];
    }

    private static Json value(Json value, Map<String, Template> templates) {
        return switch (value) {
            case JsonObject object -> members(object, templates);
            case JsonCollection collection -> {
                List<Json> items = new ArrayList<>(collection.size());
                collection.forEach((id, item) -> items.add(filled(item, templates)));
                yield Json.array(items);
            }
            case JsonArray array -> {
                List<Json> elements = new ArrayList<>(array.elements().size());
                array.elements().forEach(element -> elements.add(value(element, templates)));
                yield Json.array(elements);
            }
            default -> value;
        };
    }

    private static JsonObject filled(JsonObject instance, Map<String, Template> templates) {
        JsonObject inner = members(instance, templates);
        Template template = templates.get(instance.text(TEMPLATE_ID, ""));
        if (template == null) {
            return inner;
        }
        JsonObject given = template.properties();
        JsonObject result =
                JsonObject.of(Json.INSTANCE_ID, Json.of(JsonCollection.idOf(inner)))
                        .with(TEMPLATE_ID, Json.of(template.id()))
                        .with("type", Json.of(template.id()))
                        .overlaidBy(given)
                        .overlaidBy(inner);
        if (given.get(STATE) instanceof JsonObject && inner.get(STATE) instanceof JsonObject) {
            result = result.with(STATE, given.object(STATE).overlaidBy(inner.object(STATE)));
        }
        if (template.kind() == Template.Kind.NPC && !result.has("name")) {
            result = result.with("name", Json.of(readable(template.id())));
        }
        return result;
    }

    private static String readable(String id) {
        String words = id.replace('_', ' ');
        return words.isEmpty()
                ? words
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
