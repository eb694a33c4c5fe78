package io.worldweave.domain.play;

import io.worldweave.domain.content.Experience;
import io.worldweave.domain.content.Template;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What commands and clients rely on in a shared document, and no update may break: places are
 * objects, things stand in lists, and each thing has an id of its own.
 *
 * <p>Only the places that changes name are looked at, so what was authored otherwise can stay. A
 * thing is new if none of its id stood in its list. Not thread-safe: of one update.
 */
final class WorldShape {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final String TWICE = "another thing of this world has this instance_id";

    private final Experience experience;
    private final WorldState before;
    private final WorldState after;
    private final Map<String, Pointer> added = new LinkedHashMap<>();

    /** The things of the whole world that were met; null if it is not looked at as a whole. */
    private @Nullable Set<String> met;

    private WorldShape(Experience experience, WorldState before, WorldState after) {
        this.experience = experience;
        this.before = before;
        this.after = after;
    }

    /**
     * Returns what is wrong with the world {@code after} the changes, or null if nothing is where
     * they were made.
     */
    static @Nullable Rejection breach(
            Experience experience, WorldState before, WorldState after, List<Change> changes) {
        WorldShape shape = new WorldShape(experience, before, after);
        for (Change change : changes) {
            Rejection breach = shape.along(change.pointer());
            if (breach != null) {
                return breach;
            }
        }
        return shape.twice();
    }

    /**
     * Returns what is wrong with a world as a whole, or null if nothing is. What its things are
     * made from may be gone.
     */
    static @Nullable Rejection breach(Experience experience, WorldState state) {
        WorldShape shape = new WorldShape(experience, state, state);
        shape.met = new HashSet<>();
        return shape.under(Pointer.ROOT, state.shared().content());
    }

    /** Checks a place, all that holds it and all that it holds. */
    private @Nullable Rejection along(Pointer place) {
        Pointer at = Pointer.ROOT;
        for (String token : place.tokens()) {
            at = at.child(token);
            Json value = at.in(after.shared().content());
            if (value == null) {
                return null;
            }
            Rejection breach = at(at, value);
            if (breach != null) {
                return breach;
            }
        }
        return under(place, after.shared().content());
    }

    private @Nullable Rejection at(Pointer place, Json value) {
        Form form = Form.of(place);
        if (!form.fits(value)) {
            return new Rejection.WrongKind(place, form.rule());
        }
        Form list = Form.of(place.parent());
        return list.isList() && value instanceof JsonObject thing
                ? thing(place, thing, list)
                : null;
    }

    private @Nullable Rejection under(Pointer place, Json document) {
        List<String> names =
                switch (place.in(document)) {
                    case JsonObject object -> object.names();
                    case JsonCollection collection -> collection.ids();
                    case null, default -> List.of();
                };
        for (String name : names) {
            Pointer inner = place.child(name);
            Json value = inner.in(document);
            Rejection breach = value == null ? null : at(inner, value);
            if (breach == null) {
                breach = under(inner, document);
            }
            if (breach != null) {
                return breach;
            }
        }
        return null;
    }

    private @Nullable Rejection thing(Pointer place, JsonObject thing, Form list) {
        if (met != null && !met.add(place.last())) {
            return new Rejection.WrongKind(place, TWICE);
        }
        if (place.in(before.shared().content()) != null) {
            return null;
        }
        String id = place.last();
        if (!ID.matcher(id).matches()) {
            return new Rejection.WrongKind(
                    place, "a new instance_id is 1 to 64 of the characters A-Z a-z 0-9 _ -");
        }
        added.put(id, place);
        Json templateId = thing.get("template_id");
        return templateId == null || templateId == JsonNull.NULL || isInstalled(templateId, list)
                ? null
                : new Rejection.WrongKind(
                        place.child("template_id"),
                        "no template of %s has this id"
                                .formatted(list == Form.ITEMS ? "items" : "NPCs"));
    }

    private boolean isInstalled(Json templateId, Form list) {
        Template template =
                templateId instanceof JsonString(String id) ? experience.templates().get(id) : null;
        Template.Kind kind = list == Form.ITEMS ? Template.Kind.ITEM : Template.Kind.NPC;
        return template != null && template.kind() == kind;
    }

    /** Returns that a new thing has the id of another one. */
    private @Nullable Rejection twice() {
        if (added.isEmpty()) {
            return null;
        }
        Map<String, Integer> counts = Whereabouts.of(added.keySet(), after);
        for (Map.Entry<String, Pointer> entry : added.entrySet()) {
            if (counts.getOrDefault(entry.getKey(), 0) > 1) {
                return new Rejection.WrongKind(entry.getValue(), TWICE);
            }
        }
        return null;
    }
}
