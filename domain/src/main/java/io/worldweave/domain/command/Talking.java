package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The action of talking with a character, which also begins the character's quest. */
final class Talking {
    /** What is said to a character besides its name, and not as a topic. */
    private static final String ASIDE = "aside";

    private static final String SILENCE =
            "{npc} looks at you kindly and has nothing to say just now.";

    private Talking() {}

    static Decision talk(Call call) {
        List<Thing> npcs = call.scene().seen(Thing.Kind.CHARACTER);
        Call complete = addressed(call, npcs);
        return complete.on(
                "npc",
                npcs,
                "not_here",
                npc -> {
                    Dialogue dialogue = Dialogue.of(call.scene().experience(), npc);
                    Argument topic = complete.argument("topic");
                    return topic == null
                            ? converse(complete, npc, dialogue)
                            : tell(complete, npc, topic, dialogue.about(topic.words()), dialogue);
                });
    }

    /** Without a name the only one who is here is meant. */
    private static Call addressed(Call call, List<Thing> npcs) {
        Argument npc = call.argument("npc");
        if (npc == null && npcs.size() == 1) {
            return call.with("npc", new Argument.ById("npc_id", npcs.getFirst().id()));
        }
        return npc instanceof Argument.Said said ? nameFirst(call, said.words(), npcs) : call;
    }

    /** Reads {@code hello Louisa, how are the dreams}, where more is said than a name. */
    private static Call nameFirst(Call call, Words words, List<Thing> npcs) {
        for (int i = words.size(); i > 0; i--) {
            Argument name = Argument.said(words.until(i));
            if (name.among(npcs) instanceof Match.One<Thing>) {
                Call named = call.with("npc", name);
                return i == words.size() ? named : named.with(ASIDE, Argument.said(words.from(i)));
            }
        }
        return call;
    }

    /** Answers what was said besides the name, or else greets. */
    private static Decision converse(Call call, Thing npc, Dialogue dialogue) {
        Argument aside = call.argument(ASIDE);
        String line = aside == null ? null : dialogue.about(aside.words());
        return aside == null || line == null
                ? greet(call, npc, dialogue)
                : tell(call, npc, aside, line, dialogue);
    }

    private static Decision tell(
            Call call, Thing npc, Argument topic, @Nullable String line, Dialogue dialogue) {
        return say(call, npc, line == null ? dialogue.first("default") : line)
                .fact("topic", Json.of(topic.echo()))
                .decide();
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
