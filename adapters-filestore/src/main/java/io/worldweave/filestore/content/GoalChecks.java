package io.worldweave.filestore.content;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Quest;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the goal of a quest needs to be reached: for each value a spot that asks for it, and an item
 * that has it and that players can take or begin with. Not thread-safe: of one reading.
 */
final class GoalChecks {
    private final List<JsonObject> spots = new ArrayList<>();
    private final List<JsonObject> items = new ArrayList<>();

    private GoalChecks(Experience experience) {
        JsonObject locations = Seeds.world(experience).object("locations");
        for (JsonObject location : objects(locations)) {
            for (JsonObject area : objects(location.object("areas"))) {
                spots.addAll(objects(area.object("spots")));
            }
        }
        for (JsonObject spot : spots) {
            spot.items("items").stream()
                    .filter(item -> item.flag("collectible", false))
                    .forEach(items::add);
        }
        items.addAll(Seeds.player(experience).items("inventory"));
    }

    private static List<JsonObject> objects(JsonObject holder) {
        return holder.names().stream().map(holder::object).toList();
    }

    /** Checks the quests of {@code experience}, which {@code quests} were read to. */
    static void check(Experience experience, Members quests) {
        if (experience.quests().isEmpty()) {
            return;
        }
        GoalChecks checks = new GoalChecks(experience);
        experience
                .quests()
                .values()
                .forEach(quest -> checks.check(quest, quests.object(quest.id())));
    }

    private void check(Quest quest, Members members) {
        String[] path = quest.itemProperty().split("\\.", -1);
        if (path.length > Pointer.DEPTH_LIMIT) {
            members.wrong("item_property", "has more than " + Pointer.DEPTH_LIMIT + " names");
            return;
        }
        Pointer property = Pointer.of(path);
        for (String value : quest.goal()) {
            if (spots.stream().noneMatch(spot -> value.equals(spot.text(property.last())))) {
                members.wrong(
                        "goal", "no spot has '" + value + "' as its '" + property.last() + "'");
            }
            Json wanted = Json.of(value);
            if (items.stream().noneMatch(item -> wanted.equals(property.in(item)))) {
                members.wrong(
                        "goal",
                        "no collectible item has '%s' as its '%s'"
                                .formatted(value, quest.itemProperty()));
            }
        }
    }
}
