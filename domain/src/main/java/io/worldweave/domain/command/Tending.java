package io.worldweave.domain.command;

import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Part;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Actions by which admins tend a world. */
final class Tending {
    /** A kind of item, by the names that an admin may use for it. */
    private record ItemKind(Template template) implements Named {
        @Override
        public String id() {
            return template.id();
        }

        @Override
        public String label() {
            return template.id();
        }

        @Override
        public List<String> names() {
            return List.of(template.id());
        }

        @Override
        public List<String> otherNames() {
            return List.of(template.properties().text("semantic_name", template.id()));
        }
    }

    private Tending() {}

    static Decision spawn(Call call) {
        List<ItemKind> kinds =
                call.scene().experience().templates().values().stream()
                        .filter(template -> template.kind() == Template.Kind.ITEM)
                        .sorted(Comparator.comparing(Template::id))
                        .map(ItemKind::new)
                        .toList();
        return call.on("template", kinds, "unknown_template", kind -> spawn(call, kind.template()));
    }

    private static Decision spawn(Call call, Template template) {
        if (call.argument("area") != null) {
            return call.on(
                    "area",
                    call.scene().atlas().everywhere(),
                    "unknown_destination",
                    place -> spawn(call, template, place));
        }
        Place here = call.scene().here();
        return here == null
                ? call.reply("unknown_destination").value("area", "here").decide()
                : spawn(call, template, here);
    }

    private static Decision spawn(Call call, Template template, Place place) {
        JsonObject item = instance(call.scene(), template);
        Spot spot = roomAt(call.scene().atlas(), place);
        if (spot == null) {
            return call.reply("no_room").value("item", template.id()).decide();
        }
        Thing thing = new Thing(Thing.Kind.ITEM, item, Part.SHARED, spot.items());
        return call.reply("success")
                .thing("item", thing)
                .value("item", thing.label() + " (" + thing.id() + ")")
                .place(call.scene().atlas().arrival(place))
                .changes(call.draft().add(Part.SHARED, spot.items(), item))
                .decide();
    }

    /** Its id is the template's with a number: the revision's, or the next that is free. */
    private static JsonObject instance(Scene scene, Template template) {
        Set<String> taken =
                Census.of(scene).stream().map(Census.Entry::id).collect(Collectors.toSet());
        long number = scene.state().revision() + 1;
        while (taken.contains(template.id() + "_" + number)) {
            number++;
        }
        return Seeds.item(
                scene.experience(),
                JsonObject.of(
                        Json.INSTANCE_ID,
                        Json.of(template.id() + "_" + number),
                        "template_id",
                        Json.of(template.id())));
    }

    private static @Nullable Spot roomAt(Atlas atlas, Place place) {
        for (Spot spot : atlas.spots(place)) {
            if (spot.hasRoomFor("")) {
                return spot;
            }
        }
        return null;
    }

    static Decision remove(Call call) {
        List<Census.Entry> items =
                Census.of(call.scene()).stream().filter(entry -> entry.thing().isItem()).toList();
        return call.on(
                "item",
                items,
                "not_here",
                entry ->
                        call.reply("success")
                                .thing("item", entry.thing())
                                .value("item", entry.label())
                                .changes(call.draft().remove(entry.thing()))
                                .decide());
    }

    static Decision where(Call call) {
        return call.on(
                "thing",
                Census.of(call.scene()),
                "not_here",
                entry ->
                        call.reply("success")
                                .thing("thing", entry.thing())
                                .value("thing", entry.label())
                                .value("place", entry.place())
                                .fact("place", Json.of(entry.place()))
                                .decide());
    }
}
