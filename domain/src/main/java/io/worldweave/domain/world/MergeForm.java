package io.worldweave.domain.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The merge form: an update written as a nested object that is merged into a document.
 *
 * <ul>
 *   <li>An object is merged into the object that is there; where none is, it becomes the value.
 *       Into a collection it is merged by instance id, and each of its items must be there.
 *   <li>{@code {"$append": item}} adds to the end of a collection or an array, which is made where
 *       nothing is; {@code {"$remove": {"instance_id": id}}} takes the element of that id out.
 *       Operators stand for themselves: no other member may stand beside them.
 *   <li>Any other value, an array or {@code null} too, takes the place of what is there: {@code
 *       null} is a value, as in {@code "current_area": null}. To take a member away is for JSON
 *       Patch and JSON Merge Patch.
 *   <li>A name at the top of the update that holds dots and names no member is a path: {@code
 *       "locations.woander_store.name": "…"} is short for nested objects. Its first name may be the
 *       document's, {@code world} or {@code player}, if no member is called so. Further inside,
 *       where names may be e-mail addresses, a dot is a dot.
 * </ul>
 */
public final class MergeForm {
    private static final String APPEND = "$append";
    private static final String REMOVE = "$remove";

    private final Part part;
    private final List<Change> changes = new ArrayList<>();
    private JsonObject document;

    private MergeForm(Part part, JsonObject document) {
        this.part = part;
        this.document = document;
    }

    /**
     * Returns the changes that the update comes to, none if it changes nothing; they apply to
     * {@code document} one after another. What cannot be merged is refused as a whole.
     */
    public static Edit<List<Change>> changes(Part part, JsonObject document, JsonObject update) {
        MergeForm merge = new MergeForm(part, document);
        try {
            merge.top(update);
        } catch (Edits.RefusedException refused) {
            return new Edit.Refused<>(refused.rejection);
        }
        return new Edit.Applied<>(
                merge.document.equals(document) ? List.of() : List.copyOf(merge.changes));
    }

    private void top(JsonObject update) {
        if (hasOperator(Pointer.ROOT, update)) {
            throw wrongKind(Pointer.ROOT, "an operator applies to an array, not to a document");
        }
        update.forEach((name, value) -> {
            if (name.contains(".") && !document.has(name)) {
                along(path(name), value);
            } else {
                value(Pointer.of(name), value);
            }
        });
    }

    private List<String> path(String name) {
        List<String> path = List.of(name.split("\\.", -1));
        if (path.contains("")) {
            throw wrongKind(Pointer.of(name), "a path has a name before and after each dot");
        }
        String self = part instanceof Part.Shared ? "world" : "player";
        List<String> inside =
                path.getFirst().equals(self) && !document.has(self)
                        ? path.subList(1, path.size())
                        : path;
        if (inside.size() > Pointer.DEPTH_LIMIT) {
            throw tooDeep(Pointer.of(name));
        }
        return inside;
    }

    private void along(List<String> path, Json value) {
        Json nested = value;
        for (String name : path.subList(1, path.size()).reversed()) {
            nested = JsonObject.of(name, nested);
        }
        value(Pointer.of(path.getFirst()), nested);
    }

    private void value(Pointer place, Json value) {
        Json there = place.in(document);
        if (!(value instanceof JsonObject update)) {
            set(place, there, value);
        } else if (hasOperator(place, update)) {
            update.forEach((name, argument) -> operator(place, name, argument));
        } else if (there instanceof JsonObject || there instanceof JsonCollection) {
            update.forEach((name, inner) -> member(place.child(name), there, name, inner));
        } else if (there instanceof JsonArray) {
            throw wrongKind(
                    place, "an array takes $append and $remove, or another array in its place");
        } else {
            set(place, there, fresh(place, update));
        }
    }

    private void member(Pointer place, Json holder, String name, Json value) {
        if (holder instanceof JsonCollection collection && collection.get(name) == null) {
            throw new Edits.RefusedException(new Rejection.Missing(place));
        }
        value(place, value);
    }

    private void set(Pointer place, @Nullable Json there, Json value) {
        if (there == null) {
            apply(new Change.Add(part, place, value));
        } else if (!there.equals(value)) {
            apply(new Change.Replace(part, place, value));
        }
    }

    /** Returns what the update makes where nothing is that it could be merged into. */
    private static Json fresh(Pointer place, Json value) {
        if (!(value instanceof JsonObject update)) {
            return value;
        }
        if (hasOperator(place, update)) {
            Json item = update.get(APPEND);
            if (item == null || update.size() > 1) {
                throw new Edits.RefusedException(new Rejection.Missing(place));
            }
            return Json.array(List.of(item));
        }
        Map<String, Json> members = new LinkedHashMap<>();
        update.forEach((name, inner) -> members.put(name, fresh(place.child(name), inner)));
        return JsonObject.of(members);
    }

    private void operator(Pointer place, String name, Json argument) {
        if (name.equals(APPEND)) {
            append(place, argument);
        } else {
            remove(place, argument);
        }
    }

    private void append(Pointer place, Json item) {
        String id = item instanceof JsonObject object ? object.text(Json.INSTANCE_ID) : null;
        switch (place.in(document)) {
            case null -> set(place, null, Json.array(List.of(item)));
            case JsonCollection _ when id == null ->
                    throw wrongKind(place, "an item of a collection has a text as instance_id");
            case JsonCollection _ -> apply(new Change.Add(part, place.child(id), item));
            case JsonArray array when id != null && array.elements().isEmpty() ->
                    apply(new Change.Add(part, place.child(id), item));
            case JsonArray _ -> apply(new Change.Add(part, place.child("-"), item));
            default -> throw wrongKind(place, "$append applies to an array");
        }
    }

    private void remove(Pointer place, Json argument) {
        String id = argument instanceof JsonObject object ? object.text(Json.INSTANCE_ID) : null;
        if (id == null) {
            throw wrongKind(place, "$remove names the instance_id of what it removes");
        }
        switch (place.in(document)) {
            case null -> throw new Edits.RefusedException(new Rejection.Missing(place));
            case JsonCollection _ -> apply(new Change.Remove(part, place.child(id)));
            case JsonArray array -> apply(new Change.Remove(part, place.child(index(array, id))));
            default -> throw wrongKind(place, "$remove applies to an array");
        }
    }

    /** Returns the index of the element of that id, or the id if there is none: no place either. */
    private static String index(JsonArray array, String id) {
        for (int i = 0; i < array.elements().size(); i++) {
            if (array.elements().get(i) instanceof JsonObject object
                    && id.equals(object.text(Json.INSTANCE_ID))) {
                return Integer.toString(i);
            }
        }
        return id;
    }

    private void apply(Change change) {
        if (changes.size() == Delta.CHANGE_LIMIT) {
            throw new Edits.RefusedException(
                    new Rejection.TooLarge(
                            change.pointer(),
                            "an update comes to at most " + Delta.CHANGE_LIMIT + " changes"));
        }
        document = Objects.requireNonNull(Edits.apply(document, change));
        changes.add(change);
    }

    private static boolean hasOperator(Pointer place, JsonObject update) {
        if (place.depth() == Pointer.DEPTH_LIMIT) {
            throw tooDeep(place);
        }
        int operators = 0;
        for (String name : update.names()) {
            if (name.startsWith("$")) {
                operators++;
                if (!name.equals(APPEND) && !name.equals(REMOVE)) {
                    throw wrongKind(
                            place, "no operator is called " + name + "; $append and $remove are");
                }
            }
        }
        if (operators > 0 && operators < update.size()) {
            throw wrongKind(place, "beside an operator stands what is none");
        }
        return operators > 0;
    }

    private static Edits.RefusedException tooDeep(Pointer place) {
        return new Edits.RefusedException(
                new Rejection.TooLarge(
                        place, "a document is at most " + Pointer.DEPTH_LIMIT + " levels deep"));
    }

    private static Edits.RefusedException wrongKind(Pointer place, String reason) {
        return new Edits.RefusedException(new Rejection.WrongKind(place, reason));
    }
}
