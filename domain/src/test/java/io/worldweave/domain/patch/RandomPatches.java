package io.worldweave.domain.patch;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small documents with collections in them, and patches that mostly have something to do there. */
final class RandomPatches {
    private static final List<String> NAMES = List.of("a", "b", "items", "x/y", "m~n", "", "0");
    private static final List<String> IDS = List.of("one", "two", "three", "0", "1", "-");

    private final Random random;

    RandomPatches(Random random) {
        this.random = random;
    }

    JsonObject document() {
        return object(4);
    }

    private JsonObject object(int depth) {
        JsonObject object = JsonObject.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            object = object.with(any(NAMES), value(depth - 1));
        }
        return object;
    }

    Json value(int depth) {
        return switch (depth <= 0 ? random.nextInt(5) : random.nextInt(9)) {
            case 0 -> JsonNull.NULL;
            case 1 -> Json.of(random.nextBoolean());
            case 2 -> Json.of(random.nextInt(3));
            case 3 -> Json.of(any(NAMES));
            case 4 -> JsonArray.EMPTY;
            case 5 -> array(depth);
            case 6, 7 -> items(depth);
            default -> object(depth);
        };
    }

    private Json array(int depth) {
        List<Json> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(value(depth - 1));
        }
        return Json.array(elements);
    }

    /** Mostly a collection; an array like any other where an id stands twice. */
    private Json items(int depth) {
        List<Json> items = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            items.add(object(depth - 1).with(Json.INSTANCE_ID, Json.of(any(IDS))));
        }
        return Json.array(items);
    }

    JsonPatch patch(Json document) {
        List<Operation> operations = new ArrayList<>();
        Json now = document;
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            Operation operation = operation(now);
            operations.add(operation);
            if (new JsonPatch(List.of(operation)).apply(now)
                    instanceof Edit.Applied<Json>(Json next)) {
                now = next;
            } else if (random.nextInt(4) > 0) {
                operations.removeLast();
            }
        }
        return new JsonPatch(operations);
    }

    private Operation operation(Json document) {
        Pointer path = place(document);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Operation.Add(path, value(2));
            case 2 -> new Operation.Remove(path);
            case 3 -> new Operation.Replace(path, value(2));
            case 4, 5 -> new Operation.Move(place(document), path);
            case 6 -> new Operation.Copy(place(document), path);
            default -> new Operation.Expect(path, tested(document, path));
        };
    }

    private Json tested(Json document, Pointer path) {
        Json there = PlainJson.at(document, path);
        return there == null || random.nextInt(4) == 0 ? value(2) : there;
    }

    /** Mostly a place that is there, or where something could be added. */
    private Pointer place(Json document) {
        Pointer at = Pointer.ROOT;
        Json value = document;
        while (value != null && (at.isRoot() || random.nextInt(3) > 0)) {
            at = at.child(token(value));
            value = PlainJson.at(document, at);
        }
        return at;
    }

    private String token(Json holder) {
        List<? extends Json> elements = PlainJson.elements(holder);
        if (elements != null) {
            return switch (random.nextInt(8)) {
                case 0 -> "-";
                case 1 -> any(List.of("one", "-1", "99", "", "1e0", "+1"));
                default -> Integer.toString(random.nextInt(elements.size() + 1));
            };
        }
        boolean known = holder instanceof JsonObject object && object.size() > 0;
        return known && random.nextInt(3) > 0 ? any(((JsonObject) holder).names()) : any(NAMES);
    }

    /** A merge patch that knows the names of the document. */
    Json mergePatch(int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return value(2);
        }
        JsonObject patch = JsonObject.EMPTY;
        for (int i = random.nextInt(5); i > 0; i--) {
            patch = patch.with(any(NAMES), mergePatch(depth - 1));
        }
        return patch;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
