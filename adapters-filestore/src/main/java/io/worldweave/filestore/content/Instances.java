package io.worldweave.filestore.content;

import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The items and characters of a world as its authors wrote it, wherever in it they are; checks that
 * each has an id of its own and a template. Not thread-safe: of one reading.
 */
final class Instances {
    private final Map<String, Template> templates;
    private final Map<String, Template.Kind> byId = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    Instances(Map<String, Template> templates) {
        this.templates = templates;
    }

    boolean has(String instanceId) {
        return byId.containsKey(instanceId);
    }

    boolean hasNpc(String instanceId) {
        return byId.get(instanceId) == Template.Kind.NPC;
    }

    /**
     * Takes note of every instance in {@code world} and in what it holds; what stands in other
     * lists than those of places has an id of its own as well.
     */
    void addAll(Members world) {
        for (String name : world.object().names()) {
            switch (name) {
                case "items" -> addList(world, name, Template.Kind.ITEM);
                case "npcs" -> addList(world, name, Template.Kind.NPC);
                default -> addOther(world, name);
            }
        }
    }

    private void addOther(Members holder, String name) {
        switch (holder.object().get(name)) {
            case JsonObject _ -> addAll(holder.object(name));
            case JsonCollection collection -> {
                int i = 0;
                for (JsonObject thing : collection.items()) {
                    Members member =
                            new Members(
                                    holder.file(),
                                    holder.pathOf(name + "[" + i++ + "]"),
                                    thing,
                                    holder.problems());
                    claim(member, thing.text(Json.INSTANCE_ID, ""));
                    addAll(member);
                }
            }
            case null, default -> {
                // nothing that has an identity
            }
        }
    }

    private void claim(Members thing, String id) {
        if (!ids.add(id)) {
            thing.wrong(Json.INSTANCE_ID, "'" + id + "' is there twice");
        }
    }

    /** Takes note of the instances in a list. */
    void addList(Members holder, String name, Template.Kind kind) {
        List<? extends Json> elements =
                switch (holder.object().get(name)) {
                    case JsonArray array -> array.elements();
                    case JsonCollection collection -> collection.items();
                    case null, default -> {
                        holder.wrong(name, "is no list of instances");
                        yield List.of();
                    }
                };
        for (int i = 0; i < elements.size(); i++) {
            String place = name + "[" + i + "]";
            if (elements.get(i) instanceof JsonObject instance) {
                add(
                        new Members(
                                holder.file(), holder.pathOf(place), instance, holder.problems()),
                        kind);
            } else {
                holder.wrong(place, "is no object");
            }
        }
    }

    private void add(Members instance, Template.Kind kind) {
        String id = instance.text(Json.INSTANCE_ID);
        if (!id.isEmpty()) {
            claim(instance, id);
            byId.put(id, kind);
        }
        instance.object().names().forEach(name -> addOther(instance, name));
        Flags.of(kind).forEach(instance::checkFlag);
        String templateId = instance.text("template_id");
        Template template = templates.get(templateId);
        if (instance.object().get("template_id") instanceof JsonString
                && (template == null || template.kind() != kind)) {
            String folder = kind == Template.Kind.ITEM ? "items" : "npcs";
            instance.wrong(
                    "template_id", "there is no templates/" + folder + "/" + templateId + ".md");
        }
    }
}
