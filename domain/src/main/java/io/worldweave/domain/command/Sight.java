package io.worldweave.domain.command;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.Identity;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a player sees and carries, told briefly: what is not in the player's view is not in it.
 *
 * @param facts as JSON
 * @param personas how the characters speak that are here; first those that were named
 */
public record Sight(JsonObject facts, List<String> personas) {
    private static final String PERSONA = "persona";

    /**
     * Looks around for a player.
     *
     * @param message what the player said, which may name a character
     * @param limit about so many characters; what is nearest comes first, and what had no room is
     *     counted
     */
    public static Sight of(
            Experience experience, WorldState state, Identity who, String message, int limit) {
        Scene scene = Scene.of(experience, state, who);
        List<Thing> npcs = new ArrayList<>(scene.seen(Thing.Kind.CHARACTER));
        String said = message.toLowerCase(Locale.ROOT);
        npcs.sort(
                Comparator.comparing(npc -> !said.contains(npc.label().toLowerCase(Locale.ROOT))));
        Room room = new Room(limit);
        Map<String, Json> facts = new LinkedHashMap<>();
        facts.put("player", Json.of(scene.user().value()));
        Place here = scene.here();
        facts.put("here", here == null ? Json.of("nowhere") : place(here, here.description()));
        room.take(String.valueOf(facts).length());
        facts.put("characters", room.list(npcs.stream().map(npc -> thing(npc, "npc_id")).toList()));
        facts.put("carries", room.list(items(scene.carried())));
        facts.put("items", room.list(items(scene.seen(Thing.Kind.ITEM))));
        facts.put("ways", room.list(scene.ways().stream().map(way -> place(way, "")).toList()));
        facts.put("quests", room.list(quests(scene)));
        return new Sight(JsonObject.of(facts), personas(scene, npcs, room));
    }

    private static List<JsonObject> items(List<Thing> things) {
        return things.stream().map(thing -> thing(thing, Json.INSTANCE_ID)).toList();
    }

    private static JsonObject thing(Thing thing, String id) {
        JsonObject told =
                JsonObject.of(id, Json.of(thing.id()), "name", Json.of(thing.label()))
                        .with("description", Json.of(thing.description()));
        Json state = thing.content().get("state");
        return state == null ? told : told.with("state", state);
    }

    private static JsonObject place(Place place, String description) {
        JsonObject told =
                JsonObject.of("destination", Json.of(place.id()), "name", Json.of(place.label()));
        return description.isEmpty() ? told : told.with("description", Json.of(description));
    }

    private static List<JsonObject> quests(Scene scene) {
        return QuestLog.all(scene.experience(), scene.own()).stream()
                .filter(QuestLog::begun)
                .map(QuestLog::facts)
                .toList();
    }

    private static List<String> personas(Scene scene, List<Thing> npcs, Room room) {
        List<String> personas = new ArrayList<>();
        for (Thing npc : npcs) {
            Template template = scene.experience().templates().get(npc.templateId());
            String persona = template == null ? null : template.sections().text(PERSONA);
            if (persona != null && room.take(persona.length())) {
                personas.add(npc.label() + ": " + persona);
            }
        }
        return personas;
    }

    /** How many characters more there is room for. */
    private static final class Room {
        private int left;

        Room(int characters) {
            left = characters;
        }

        boolean take(int characters) {
            boolean fits = characters <= left;
            left -= fits ? characters : 0;
            return fits;
        }

        Json list(List<JsonObject> all) {
            List<Json> told = new ArrayList<>();
            for (JsonObject each : all) {
                if (!take(each.toString().length())) {
                    told.add(Json.of("and " + (all.size() - told.size()) + " more"));
                    break;
                }
                told.add(each);
            }
            return new JsonArray(told);
        }
    }
}
