package io.worldweave.domain.author;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Seeds;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What authors wrote of a world: the content of {@link Part#AUTHORED}.
 *
 * @param world as written, without what the templates give
 * @param templates by template id; only what goes into worlds, no sections
 */
public record Authored(JsonObject world, Map<String, Template> templates) {
    private static final String WORLD = "world";
    private static final String TEMPLATES = "templates";
    private static final String KIND = "kind";
    private static final String PROPERTIES = "properties";

    /** The epoch of a state that no store has given one yet. */
    private static final String NO_EPOCH = "new";

    public Authored {
        templates = Map.copyOf(templates);
    }

    public static Authored of(Experience experience) {
        Map<String, Template> templates = new LinkedHashMap<>();
        experience
                .templates()
                .forEach((id, template) ->
                        templates.put(
                                id,
                                new Template(
                                        id,
                                        template.kind(),
                                        template.properties(),
                                        JsonObject.EMPTY)));
        return new Authored(experience.authoredWorld().without("metadata"), templates);
    }

    /**
     * Returns what a world of the experience begins with, nobody in it yet, and what its authors
     * wrote in its place: the one way in which worlds begin, the first time and after a reset.
     */
    public static WorldState beginning(Experience experience) {
        Authored authored = of(experience);
        return WorldState.initial(NO_EPOCH, authored.completed()).writtenBy(authored.document());
    }

    /** Reads what {@link #document} returned. */
    static Authored read(JsonObject document) {
        Map<String, Template> templates = new LinkedHashMap<>();
        JsonObject written = document.object(TEMPLATES);
        for (String id : written.names()) {
            JsonObject template = written.object(id);
            templates.put(
                    id,
                    new Template(
                            id,
                            template.text(KIND, "").equals(name(Template.Kind.NPC))
                                    ? Template.Kind.NPC
                                    : Template.Kind.ITEM,
                            template.object(PROPERTIES),
                            JsonObject.EMPTY));
        }
        return new Authored(document.object(WORLD), templates);
    }

    /**
     * Returns why a document can be nothing that authors wrote, or null if it can, or if there is
     * none.
     */
    public static @Nullable Rejection breach(@Nullable Document document) {
        if (document == null) {
            return null;
        }
        JsonObject content = document.content();
        for (String name : List.of(WORLD, TEMPLATES)) {
            if (!(content.get(name) instanceof JsonObject)) {
                return breach(name, "is no object");
            }
        }
        JsonObject readable = read(content).document();
        for (String name : content.names()) {
            if (!Objects.equals(readable.get(name), content.get(name))) {
                return breach(name, "has more or other members than it should");
            }
        }
        return null;
    }

    private static Rejection breach(String name, String reason) {
        return new Rejection.WrongKind(
                Pointer.of("authored", name), "in what the authors wrote, " + name + " " + reason);
    }

    /** Returns this as a document, the same for the same content. */
    JsonObject document() {
        Map<String, JsonObject> written = new TreeMap<>();
        templates.forEach((id, template) ->
                written.put(
                        id,
                        JsonObject.of(
                                KIND,
                                Json.of(name(template.kind())),
                                PROPERTIES,
                                template.properties())));
        return JsonObject.of(WORLD, world, TEMPLATES, JsonObject.of(written));
    }

    /** Returns the world with everything filled in that the templates give. */
    JsonObject completed() {
        return Seeds.world(world, templates);
    }

    /** Returns what the template of that id gives a thing that says nothing for itself. */
    JsonObject given(String instanceId, String templateId) {
        return Seeds.item(
                JsonObject.of(
                        Json.INSTANCE_ID, Json.of(instanceId), "template_id", Json.of(templateId)),
                templates);
    }

    private static String name(Template.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
