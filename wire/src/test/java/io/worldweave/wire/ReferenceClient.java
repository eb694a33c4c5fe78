package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A client as the protocol describes it, which knows nothing but the messages of version 0.4. In an
 * array of items, a name on a path and in the changed part of an item is an instance id.
 */
public final class ReferenceClient {
    private JsonObject document;

    /** Begins with a {@code snapshot}. */
    public ReferenceClient(JsonObject snapshot) {
        document =
                JsonObject.of("world", snapshot.object("world"), "player", snapshot.get("player"));
    }

    public Json world() {
        return document.get("world");
    }

    public Json player() {
        return document.get("player");
    }

    /** Applies a {@code world_update}. */
    public void apply(JsonObject update) {
        Json changes = update.get("changes");
        List<? extends Json> all =
                changes instanceof JsonCollection collection
                        ? collection.items()
                        : ((JsonArray) changes).elements();
        all.forEach(change -> apply((JsonObject) change, ((JsonObject) change).text("operation")));
    }

    private void apply(JsonObject change, String operation) {
        if (change.has("value")) {
            set(path(change), change.get("value"));
        } else if (change.has("item") && operation.equals("add")) {
            JsonObject item = change.object("item");
            inCollection(change, items -> with(items, item));
        } else if (operation.equals("update")) {
            String id = change.text("instance_id");
            inCollection(change, items -> child(items, id, i -> merged(i, change.get("item"))));
        } else if (change.has("instance_id")) {
            inCollection(change, items -> without(items, change.text("instance_id")));
        } else {
            List<String> path = path(change);
            at(path.subList(0, path.size() - 1), holder -> without(holder, path.getLast()));
        }
    }

    private void set(List<String> path, Json value) {
        at(
                path.subList(0, path.size() - 1),
                holder ->
                        holder instanceof JsonObject object
                                ? object.with(path.getLast(), value)
                                : with(holder, (JsonObject) value));
    }

    private static List<String> path(JsonObject change) {
        return List.of(change.text("path").split("\\.", -1));
    }

    private void inCollection(JsonObject change, UnaryOperator<Json> edit) {
        List<String> path = new ArrayList<>();
        if (change.has("path")) {
            path.addAll(path(change));
        } else {
            path.add("world");
            level(path, "locations", change.get("zone_id"));
            level(path, "areas", change.get("area_id"));
            level(path, "spots", change.get("spot_id"));
            path.add("items");
        }
        at(path, edit);
    }

    private static void level(List<String> path, String name, Json id) {
        if (id instanceof JsonString(String text)) {
            path.addAll(List.of(name, text));
        }
    }

    private void at(List<String> path, UnaryOperator<Json> edit) {
        document = (JsonObject) edited(document, path, edit);
    }

    private static Json edited(Json value, List<String> path, UnaryOperator<Json> edit) {
        return path.isEmpty()
                ? edit.apply(value)
                : child(
                        value,
                        path.getFirst(),
                        inner -> edited(inner, path.subList(1, path.size()), edit));
    }

    private static Json child(Json value, String name, UnaryOperator<Json> edit) {
        return value instanceof JsonObject object
                ? object.with(name, edit.apply(object.get(name)))
                : with(value, (JsonObject) edit.apply(((JsonCollection) value).get(name)));
    }

    private static Json with(Json items, JsonObject item) {
        if (items instanceof JsonCollection collection) {
            return collection.with(item);
        }
        List<Json> elements = new ArrayList<>(((JsonArray) items).elements());
        elements.add(item);
        return Json.array(elements);
    }

    private static Json without(Json holder, String name) {
        return holder instanceof JsonObject object
                ? object.without(name)
                : ((JsonCollection) holder).without(name);
    }

    private static Json merged(Json old, Json changed) {
        if (!(changed instanceof JsonObject object)
                || (!(old instanceof JsonObject) && !(old instanceof JsonCollection))) {
            return changed;
        }
        Json result = old;
        for (String name : object.names()) {
            result = child(result, name, inner -> merged(inner, object.get(name)));
        }
        return result;
    }
}
