package io.worldweave.filestore.content;

import io.worldweave.domain.content.Quest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Reads the quests of {@code config.json}. */
final class QuestReader {
    static final int COUNT_LIMIT = 1_000;
    private static final int TRUST_LIMIT = 1_000_000;
    private static final List<String> TEXTS =
            List.of("begin", "progress", "repeated", "mismatch", "complete");

    private QuestReader() {}

    static Map<String, Quest> read(Members quests, Instances instances) {
        Map<String, Quest> read = new HashMap<>();
        quests.eachObject().forEach((id, quest) -> read.put(id, quest(id, quest, instances)));
        if (read.size() > COUNT_LIMIT) {
            quests.wrong("", "has more than " + COUNT_LIMIT + " quests");
        }
        return read;
    }

    private static Quest quest(String id, Members quest, Instances instances) {
        String giver = quest.text("giver");
        if (!giver.isEmpty() && !instances.hasNpc(giver)) {
            quest.wrong("giver", "no character of the world has the instance id '" + giver + "'");
        }
        List<String> goal = quest.texts("goal");
        if (goal.isEmpty() || new HashSet<>(goal).size() < goal.size()) {
            quest.wrong("goal", "is no list of one or more distinct texts");
        }
        Members texts = quest.object("texts");
        TEXTS.forEach(texts::text);
        return new Quest(
                id,
                quest.text("name"),
                quest.text("description"),
                giver,
                quest.text("item_property"),
                goal,
                quest.number("trust", 0, TRUST_LIMIT),
                texts.eachText());
    }
}
