package io.worldweave.domain.author;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The things of documents by their instance ids, wherever in them they are, those that hold others
 * before these. Costs as many steps as the documents have values. Not thread-safe.
 */
final class Things {
    /**
     * The list in which a thing stands, named so that it is the same wherever its holder goes.
     *
     * @param holder instance id of the thing that has the list, such as a character who carries
     *     something; null if it is the document's
     * @param list from the holder, or from the root of the document
     */
    record Place(Part part, @Nullable String holder, Pointer list) {}

    /**
     * A thing that was found.
     *
     * @param list where the list is in which it stands, in its document
     */
    record Found(Place place, Pointer list, String id, JsonObject thing) {
        /** Returns where it is in its document. */
        Pointer at() {
            return list.child(id);
        }
    }

    private final Map<String, List<Found>> byId = new LinkedHashMap<>();

    /** Adds the things of one more document. */
    Things add(Part part, JsonObject document) {
        search(part, document, null, 0, new ArrayList<>());
        return this;
    }

    /**
     * Notes the things in a value.
     *
     * @param holder of the value
     * @param holderDepth how many of the tokens lead to the holder
     * @param path the tokens that lead to the value; as before afterwards
     */
    private void search(
            Part part, Json value, @Nullable String holder, int holderDepth, List<String> path) {
        switch (value) {
            case JsonObject object ->
                    object.forEach((name, member) -> {
                        if (isContainer(member)) {
                            path.addLast(name);
                            search(part, member, holder, holderDepth, path);
                            path.removeLast();
                        }
                    });
            case JsonCollection collection -> {
                Pointer list = new Pointer(path);
                Pointer fromHolder = new Pointer(path.subList(holderDepth, path.size()));
                Place place = new Place(part, holder, fromHolder);
                collection.forEach((id, thing) -> {
                    byId.computeIfAbsent(id, _ -> new ArrayList<>(1))
                            .add(new Found(place, list, id, thing));
                    path.addLast(id);
                    search(part, thing, id, path.size(), path);
                    path.removeLast();
                });
            }
            default -> {
                // nothing that has an identity is inside
            }
        }
    }

    private static boolean isContainer(Json value) {
        return value instanceof JsonObject || value instanceof JsonCollection;
    }

    /** Returns whether the value is a list of things, maybe of none. */
    static boolean isList(@Nullable Json value) {
        return value instanceof JsonCollection || JsonArray.EMPTY.equals(value);
    }

    /** Returns a value without the things in it, which have their own lives. */
    static Json emptied(Json value) {
        return switch (value) {
            case JsonObject object -> {
                JsonObject emptied = object;
                for (String name : object.names()) {
                    Json member = object.get(name);
                    if (member != null && isContainer(member)) {
                        emptied = emptied.with(name, emptied(member));
                    }
                }
                yield emptied;
            }
            case JsonCollection _ -> JsonArray.EMPTY;
            default -> value;
        };
    }

    /** Returns all of an id; none if it is nowhere. */
    List<Found> all(String id) {
        return byId.getOrDefault(id, List.of());
    }

    /** Returns the only one of an id, or the first; null if it is nowhere. */
    @Nullable Found first(String id) {
        List<Found> all = all(id);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** Returns the ids, of holders before those of what they hold. */
    List<String> ids() {
        return List.copyOf(byId.keySet());
    }
}
