package io.worldweave.domain.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Draws worlds and changes, few names and ids among them so that they meet often; ids that look
 * like indexes too. Not thread-safe.
 */
final class RandomWorld {
    static final List<Part> PARTS =
            List.of(Part.SHARED, Part.own(new UserId("alice")), Part.own(new UserId("bob")));

    private static final List<String> NAMES = List.of("a", "b", "items", "0");
    private static final List<String> IDS = List.of("x", "y", "0", "1", "a.b");

    private final SplittableRandom random;

    RandomWorld(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns the seeds of a property: {@code count} of them, or the one of {@code -Dseed}. */
    static LongStream seeds(int count) {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, count) : LongStream.of(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    WorldState state() {
        return WorldState.initial("epoch", object(3));
    }

    JsonObject object(int depth) {
        JsonObject object = JsonObject.EMPTY;
        for (int i = below(4); i > 0; i--) {
            object = object.with(one(NAMES), value(depth - 1));
        }
        return object;
    }

    Json value(int depth) {
        return switch (below(depth > 0 ? 8 : 3)) {
            case 0 -> Json.of(below(3));
            case 1 -> JsonNull.NULL;
            case 2 -> Json.of(one(NAMES));
            case 3 -> Json.array(elements(depth));
            case 4, 5 -> Json.array(items(depth));
            default -> object(depth);
        };
    }

    private List<Json> elements(int depth) {
        List<Json> elements = new ArrayList<>();
        for (int i = below(3); i > 0; i--) {
            elements.add(value(depth - 1));
        }
        return elements;
    }

    private List<Json> items(int depth) {
        List<Json> items = new ArrayList<>();
        for (String id : IDS) {
            if (random.nextBoolean()) {
                items.add(item(id, depth));
            }
        }
        return items;
    }

    private JsonObject item(String id, int depth) {
        return object(depth - 1).with(Json.INSTANCE_ID, Json.of(id));
    }

    /** Returns a change that more often than not applies to the state. */
    Change change(WorldState state) {
        Part part = one(PARTS);
        Document document = state.document(part);
        if (document == null || below(40) == 0) {
            return below(8) > 0 || part instanceof Part.Shared
                    ? new Change.Add(part, Pointer.ROOT, object(3))
                    : new Change.Remove(part, Pointer.ROOT);
        }
        Pointer place = Pointer.ROOT;
        Json at = document.content();
        do {
            String token = token(at);
            place = place.child(token);
            Json inner = Pointer.step(at, token);
            at = inner == null ? JsonNull.NULL : inner;
        } while (below(3) > 0 && !(at instanceof JsonNull));
        return change(part, place);
    }

    private Change change(Part part, Pointer place) {
        Json value =
                IDS.contains(place.last()) && below(4) > 0
                        ? item(place.last(), 2)
                        : below(4) == 0 ? item(one(IDS), 2) : value(2);
        return switch (below(3)) {
            case 0 -> new Change.Add(part, place, value);
            case 1 -> new Change.Remove(part, place);
            default -> new Change.Replace(part, place, value);
        };
    }

    private String token(Json at) {
        return switch (at) {
            case JsonObject object when below(5) > 0 && !object.isEmpty() -> one(object.names());
            case JsonCollection collection when below(5) > 0 -> one(collection.ids());
            case JsonCollection _ -> one(IDS);
            case JsonArray array when below(5) > 0 ->
                    Integer.toString(below(array.elements().size() + 1));
            case JsonArray _ -> random.nextBoolean() ? "-" : one(IDS);
            default -> one(NAMES);
        };
    }

    /** Returns a nested update in the merge form, its operators included. */
    JsonObject update(Json document, int depth) {
        JsonObject update = JsonObject.EMPTY;
        for (int i = 1 + below(3); i > 0; i--) {
            String name = token(document);
            Json there = Pointer.step(document, name);
            update = update.with(name, mergeable(there == null ? JsonNull.NULL : there, depth));
        }
        return update;
    }

    private Json mergeable(Json there, int depth) {
        boolean isArray = there instanceof JsonArray || there instanceof JsonCollection;
        return switch (below(6)) {
            case 0 -> JsonObject.of("$append", item(one(IDS), 1));
            case 1 -> JsonObject.of("$remove", JsonObject.of(Json.INSTANCE_ID, Json.of(one(IDS))));
            case 2 -> value(2);
            default ->
                    depth == 0 || (isArray && below(3) > 0) ? value(1) : update(there, depth - 1);
        };
    }

    private <T> T one(List<T> list) {
        return list.get(below(list.size()));
    }
}
