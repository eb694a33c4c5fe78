package io.worldweave.domain.command;

import io.worldweave.domain.content.Quest;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonBoolean;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The action of bringing something back to where it belongs, which quests count. */
final class Returning {
    /** The property that says where an item belongs if no quest says otherwise. */
    private static final String USUAL_PROPERTY = "state.symbol";

    /**
     * Where an item belongs.
     *
     * @param member the member of a spot that says what belongs there
     * @param value what it has to be
     * @param log the quest that counts the item, or null
     */
    private record Home(String member, String value, @Nullable QuestLog log) {

        static @Nullable Home of(Scene scene, Thing item) {
            Home done = null;
            for (QuestLog log : QuestLog.all(scene.experience(), scene.own())) {
                Home home = by(log.quest().itemProperty(), item, log);
                if (home != null && log.quest().goal().contains(home.value)) {
                    if (!log.completed()) {
                        return home;
                    }
                    done = done == null ? home : done;
                }
            }
            return done == null ? by(USUAL_PROPERTY, item, null) : done;
        }

        private static @Nullable Home by(String property, Thing item, @Nullable QuestLog log) {
            Pointer pointer = Pointer.of(property.split("\\.", -1));
            return pointer.in(item.content()) instanceof JsonString value
                    ? new Home(pointer.last(), value.value(), log)
                    : null;
        }

        boolean isAt(Spot spot) {
            return value.equals(spot.content().text(member));
        }

        /** Returns the quest's text for an outcome, or null if there is none. */
        @Nullable String text(String key) {
            return log == null ? null : log.quest().texts().get(key);
        }
    }

    private Returning() {}

    static Decision bringHome(Call call) {
        return call.on(
                "item",
                call.scene().carried(),
                "not_in_inventory",
                item -> {
                    Home home = Home.of(call.scene(), item);
                    return home == null
                            ? call.reply("no_place_here").thing("item", item).decide()
                            : bring(call, item, home);
                });
    }

    private static Decision bring(Call call, Thing item, Home home) {
        List<Spot> asking =
                call.scene().spots().stream()
                        .filter(spot -> spot.content().text(home.member()) != null)
                        .toList();
        if (asking.isEmpty()) {
            return reply(call, "no_place_here", item, home).decide();
        }
        List<Spot> right = asking.stream().filter(home::isAt).toList();
        if (right.isEmpty()) {
            return reply(call, "mismatch", item, home).text(home.text("mismatch")).decide();
        }
        for (Spot spot : right) {
            if (spot.hasRoomFor(item.id())) {
                return put(call, item, home, spot);
            }
        }
        return reply(call, "no_room", item, home).decide();
    }

    private static Decision put(Call call, Thing item, Home home, Spot spot) {
        JsonObject atHome = item.content().with("collectible", JsonBoolean.FALSE);
        Draft draft = call.draft().remove(item).add(Part.SHARED, spot.items(), atHome);
        Reply reply = reply(call, "success", item, home).place(call.scene().here()).changes(draft);
        if (home.log() != null) {
            count(call, home, home.log(), reply, draft);
        }
        return reply.changes(draft).decide();
    }

    private static void count(Call call, Home home, QuestLog log, Reply reply, Draft draft) {
        if (log.returned().contains(home.value())) {
            reply.values(log.values()).fact("quest", log.facts()).text(home.text("repeated"));
            return;
        }
        QuestLog now = log.with(home.value());
        Quest quest = now.quest();
        Json trust = Trust.raised(call.scene().own(), quest.giver(), quest.trust());
        draft.set(QuestLog.MEMBER, quest.id(), now.state()).set(Trust.MEMBER, quest.giver(), trust);
        reply.values(now.values())
                .fact("quest", now.facts())
                .fact("trust", trust)
                .text(home.text(now.completed() ? "complete" : "progress"));
        if (now.completed()) {
            String name = call.scene().experience().id() + "/" + quest.id();
            reply.profile(JsonObject.of("completed_quests", JsonObject.of(name, JsonBoolean.TRUE)));
        }
    }

    private static Reply reply(Call call, String code, Thing item, Home home) {
        return call.reply(code)
                .thing("item", item)
                .value("symbol", home.value())
                .fact("symbol", Json.of(home.value()));
    }
}
