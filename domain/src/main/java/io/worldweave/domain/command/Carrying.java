package io.worldweave.domain.command;

import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Actions with what lies about and what a player carries. */
final class Carrying {
    /** A player carries at most so many items. */
    static final int INVENTORY_LIMIT = 100;

    static final Pointer INVENTORY = Pointer.of("inventory");

    private Carrying() {}

    static Decision take(Call call) {
        return call.on(
                "item",
                call.scene().seen(Thing.Kind.ITEM),
                "not_here",
                item -> {
                    String refusal = refusalToTake(call.scene(), item);
                    if (refusal != null) {
                        return call.reply(refusal).thing("item", item).decide();
                    }
                    Draft draft =
                            call.draft()
                                    .remove(item)
                                    .add(call.scene().ownPart(), INVENTORY, item.content());
                    return call.reply("success")
                            .thing("item", item)
                            .then(narrative(call.scene(), item, "take"))
                            .place(call.scene().here())
                            .changes(draft)
                            .decide();
                });
    }

    private static @Nullable String refusalToTake(Scene scene, Thing item) {
        if (!item.content().flag("collectible", false)) {
            return "not_collectible";
        }
        return hasRoomFor(scene, scene.ownPart(), item) ? null : "inventory_full";
    }

    /** Returns whether the owner of that part can carry the item as well. */
    static boolean hasRoomFor(Scene scene, Part owner, Thing item) {
        return !(scene.content(owner).get("inventory") instanceof JsonCollection carried)
                || (carried.size() < INVENTORY_LIMIT && carried.get(item.id()) == null);
    }

    static Decision drop(Call call) {
        return call.on(
                "item",
                call.scene().carried(),
                "not_in_inventory",
                item -> {
                    Spot spot = roomFor(call.scene(), item);
                    if (spot == null) {
                        return call.reply("no_room").thing("item", item).decide();
                    }
                    Draft draft =
                            call.draft()
                                    .remove(item)
                                    .add(Part.SHARED, spot.items(), item.content());
                    return call.reply("success")
                            .thing("item", item)
                            .place(call.scene().here())
                            .changes(draft)
                            .decide();
                });
    }

    private static @Nullable Spot roomFor(Scene scene, Thing item) {
        for (Spot spot : scene.spots()) {
            if (spot.hasRoomFor(item.id())) {
                return spot;
            }
        }
        return null;
    }

    static Decision use(Call call) {
        List<Thing> things = new ArrayList<>(call.scene().carried());
        things.addAll(call.scene().seen(Thing.Kind.ITEM));
        return call.on(
                "item",
                things,
                "not_in_inventory",
                item ->
                        item.content().flag("usable", false)
                                ? call.reply("success")
                                        .thing("item", item)
                                        .then(narrative(call.scene(), item, "use"))
                                        .decide()
                                : call.reply("not_usable").thing("item", item).decide());
    }

    private static @Nullable String narrative(Scene scene, Thing item, String key) {
        Template template = scene.experience().templates().get(item.templateId());
        JsonObject sections = template == null ? JsonObject.EMPTY : template.sections();
        return sections.object("narrative").text(key);
    }
}
