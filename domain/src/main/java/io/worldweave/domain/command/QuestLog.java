package io.worldweave.domain.command;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Quest;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How far a player is in a quest.
 *
 * @param returned the values of the goal that the player has brought back, in the order in which
 *     that happened
 */
record QuestLog(Quest quest, boolean begun, List<String> returned) {
    static final String MEMBER = "quests";

    QuestLog {
        returned = List.copyOf(returned);
    }

    /** Returns the logs of all quests, in the order of their ids. */
    static List<QuestLog> all(Experience experience, JsonObject own) {
        return experience.quests().values().stream()
                .sorted(Comparator.comparing(Quest::id))
                .map(quest -> of(quest, own.object(MEMBER).object(quest.id())))
                .toList();
    }

    private static QuestLog of(Quest quest, JsonObject state) {
        List<String> returned =
                Thing.texts(state.get("returned")).stream()
                        .filter(quest.goal()::contains)
                        .distinct()
                        .toList();
        return new QuestLog(quest, state.has("status"), returned);
    }

    boolean completed() {
        return begun && returned.size() == quest.goal().size();
    }

    QuestLog begin() {
        return new QuestLog(quest, true, returned);
    }

    QuestLog with(String value) {
        List<String> more = new ArrayList<>(returned);
        more.add(value);
        return new QuestLog(quest, true, more);
    }

    String status() {
        return !begun ? "open" : completed() ? "completed" : "active";
    }

    /** Returns the log as it stands in the player's own part. */
    JsonObject state() {
        List<Json> values = new ArrayList<>();
        returned.forEach(value -> values.add(Json.of(value)));
        return JsonObject.of("status", Json.of(status()))
                .with("returned", new JsonArray(values))
                .with("progress", Json.of(returned.size()))
                .with("goal", Json.of(quest.goal().size()));
    }

    JsonObject facts() {
        return JsonObject.of("id", Json.of(quest.id()), "name", Json.of(quest.name()))
                .overlaidBy(state());
    }

    /** Returns what the placeholders of the quest's texts stand for. */
    Map<String, String> values() {
        List<String> remaining =
                quest.goal().stream().filter(value -> !returned.contains(value)).toList();
        return Map.of(
                "count", String.valueOf(returned.size()),
                "goal", String.valueOf(quest.goal().size()),
                "remaining", Texts.list(remaining, "and", "none"));
    }
}
