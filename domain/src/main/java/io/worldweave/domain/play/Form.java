package io.worldweave.domain.play;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.List;

/** What must stand at a place of the shared document, if anything does. */
enum Form {
    /** The map, one of its zones, areas or spots, or what holds these. */
    PLACE,
    /** What a place, an NPC or anything else holds. */
    ITEMS,
    NPCS,
    ANY;

    private static final String LOCATIONS = "locations";

    /** What leads from a zone to its areas, and from an area to its spots. */
    private static final List<String> INWARDS = List.of("areas", "spots");

    static Form of(Pointer place) {
        List<String> tokens = place.tokens();
        int steps = placeSteps(tokens);
        if (steps > 0 && steps == tokens.size()) {
            return PLACE;
        }
        for (int i = steps; i < tokens.size(); i++) {
            Form list = list(tokens.get(i));
            if (list != ANY) {
                return i == tokens.size() - 1
                        ? list
                        : inside(list, tokens.subList(i + 1, tokens.size()));
            }
        }
        return ANY;
    }

    /** Returns how many of the first tokens lead from place to place. */
    private static int placeSteps(List<String> tokens) {
        if (tokens.isEmpty() || !tokens.getFirst().equals(LOCATIONS)) {
            return 0;
        }
        int steps = Math.min(2, tokens.size());
        for (String inwards : INWARDS) {
            if (steps % 2 != 0 || steps == tokens.size() || !tokens.get(steps).equals(inwards)) {
                return steps;
            }
            steps = Math.min(steps + 2, tokens.size());
        }
        return steps;
    }

    private static Form list(String name) {
        return switch (name) {
            case "items" -> ITEMS;
            case "npcs" -> NPCS;
            default -> ANY;
        };
    }

    /** An NPC carries items; what else is inside a thing is its own. */
    private static Form inside(Form list, List<String> tokens) {
        return list == NPCS && tokens.size() == 2 && tokens.getLast().equals("inventory")
                ? ITEMS
                : ANY;
    }

    boolean isList() {
        return this == ITEMS || this == NPCS;
    }

    boolean fits(Json value) {
        return switch (this) {
            case PLACE -> value instanceof JsonObject;
            case ITEMS, NPCS -> value instanceof JsonCollection || value.equals(JsonArray.EMPTY);
            case ANY -> true;
        };
    }

    /** Returns what a value that does not fit is told. */
    String rule() {
        return switch (this) {
            case PLACE -> "a place, and what holds places, is an object";
            case ITEMS, NPCS -> "it is an array of objects, each with an instance_id of its own";
            case ANY -> "anything fits";
        };
    }
}
