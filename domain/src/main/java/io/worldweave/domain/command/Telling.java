package io.worldweave.domain.command;

import io.worldweave.domain.content.CommandSpec;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Actions that tell something and change nothing. */
final class Telling {
    private Telling() {}

    static Decision look(Call call) {
        Scene scene = call.scene();
        List<Thing> items = scene.seen(Thing.Kind.ITEM);
        List<Thing> npcs = scene.seen(Thing.Kind.CHARACTER);
        boolean nothing = items.isEmpty() && npcs.isEmpty();
        return call.reply(nothing ? "nothing" : "success")
                .place(scene.here())
                .list("items", items, "nothing")
                .list("npcs", npcs, "nobody")
                .list("exits", exits(scene), "nowhere")
                .decide();
    }

    private static List<Place> exits(Scene scene) {
        Place here = scene.here();
        return scene.ways().stream()
                .filter(way ->
                        here == null
                                || (way.area() == null
                                        ? !way.zone().equals(here.zone())
                                        : !Objects.equals(way.area(), here.area())))
                .toList();
    }

    static Decision examine(Call call) {
        List<Thing> things = new ArrayList<>(call.scene().seen(Thing.Kind.ITEM));
        things.addAll(call.scene().carried());
        things.addAll(call.scene().seen(Thing.Kind.CHARACTER));
        return call.on(
                "item",
                things,
                "not_here",
                thing -> {
                    Reply reply = call.reply("success").thing("item", thing);
                    if (thing.description().isBlank()) {
                        reply.value("description", "There is nothing more to see about it.");
                    }
                    return reply.decide();
                });
    }

    static Decision inventory(Call call) {
        List<Thing> carried = call.scene().carried();
        List<Json> items = new ArrayList<>();
        carried.forEach(item -> items.add(item.content()));
        return call.reply(carried.isEmpty() ? "empty" : "success")
                .list("items", carried, "nothing")
                .fact("items", Json.array(items))
                .decide();
    }

    static Decision help(Call call) {
        List<String> names = new ArrayList<>();
        List<Json> facts = new ArrayList<>();
        for (CommandSpec command : call.scene().experience().playerCommands()) {
            names.add(command.name());
            List<Json> examples = new ArrayList<>();
            command.examples().forEach(example -> examples.add(Json.of(example)));
            facts.add(
                    JsonObject.of("name", Json.of(command.name()))
                            .with("description", Json.of(command.description()))
                            .with("examples", new JsonArray(examples)));
        }
        return call.reply("success")
                .value("commands", Texts.list(names, "and", "nothing"))
                .fact("commands", new JsonArray(facts))
                .decide();
    }
}
