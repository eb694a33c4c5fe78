package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import org.jspecify.annotations.Nullable;

/** The action of talking with a character, which also begins the character's quest. */
final class Talking {
    private static final String SILENCE =
            "{npc} looks at you kindly and has nothing to say just now.";

    private Talking() {}

    static Decision talk(Call call) {
        return call.on(
                "npc",
                call.scene().seen(Thing.Kind.CHARACTER),
                "not_here",
                npc -> {
                    Dialogue dialogue = Dialogue.of(call.scene().experience(), npc);
                    Argument topic = call.argument("topic");
                    return topic == null
                            ? greet(call, npc, dialogue)
                            : say(call, npc, dialogue.about(topic.words()))
                                    .fact("topic", Json.of(topic.echo()))
                                    .decide();
                });
    }

    private static Decision greet(Call call, Thing npc, Dialogue dialogue) {
        QuestLog log = questOf(call.scene(), npc);
        if (log == null) {
            return say(call, npc, dialogue.first("greeting", "default")).decide();
        }
        if (log.begun()) {
            String key = log.completed() ? "quest_complete" : "quest_active";
            return told(say(call, npc, dialogue.first(key, "greeting", "default")), log).decide();
        }
        QuestLog begun = log.begin();
        Draft draft = call.draft().set(QuestLog.MEMBER, begun.quest().id(), begun.state());
        return told(say(call, npc, dialogue.first("quest_offer", "greeting", "default")), begun)
                .then(begun.quest().texts().get("begin"))
                .changes(draft)
                .decide();
    }

    /** Returns the first quest of the character that is not completed, or else its first. */
    private static @Nullable QuestLog questOf(Scene scene, Thing npc) {
        QuestLog done = null;
        for (QuestLog log : QuestLog.all(scene.experience(), scene.own())) {
            if (log.quest().giver().equals(npc.id())) {
                if (!log.completed()) {
                    return log;
                }
                done = done == null ? log : done;
            }
        }
        return done;
    }

    private static Reply say(Call call, Thing npc, @Nullable String line) {
        return call.reply("success")
                .thing("npc", npc)
                .text(line == null ? SILENCE : Dialogue.spoken(npc, line));
    }

    private static Reply told(Reply reply, QuestLog log) {
        return reply.values(log.values()).fact("quest", log.facts());
    }
}
