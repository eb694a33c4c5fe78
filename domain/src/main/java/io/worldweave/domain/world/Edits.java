package io.worldweave.domain.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.JsonString;
import io.worldweave.domain.json.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies single changes to documents by copying the path from the root to the place, and nothing
 * beside it: the cost grows with the depth of the place.
 */
final class Edits {
    /** At most so many members are in an object, and items in a collection. */
    static final int MEMBER_LIMIT = 1_000_000;

    /** At most so many elements are in an array without identities: a change to it copies it. */
    static final int ELEMENT_LIMIT = 10_000;

    private Edits() {}

    /**
     * Thrown inside this package only, to leave the recursion; {@link WorldState} turns it into a
     * result.
     */
    @SuppressWarnings("serial")
    static final class RefusedException extends RuntimeException {
        final transient Rejection rejection;

        RefusedException(Rejection rejection) {
            super(rejection.reason(), null, false, false);
            this.rejection = rejection;
        }
    }

    /**
     * Returns the document after {@code change}; {@code document} null means that there is none
     * yet.
     */
    static @Nullable JsonObject apply(@Nullable JsonObject document, Change change) {
        Pointer pointer = change.pointer();
        requireDepth(change);
        if (pointer.isRoot()) {
            return atRoot(document, change);
        }
        if (document == null) {
            throw new RefusedException(new Rejection.Missing(Pointer.ROOT));
        }
        return (JsonObject) edit(document, change, 0);
    }

    private static void requireDepth(Change change) {
        Json value =
                switch (change) {
                    case Change.Add add -> add.value();
                    case Change.Replace replace -> replace.value();
                    case Change.Remove _ -> null;
                };
        if (value != null && value.isDeeperThan(Pointer.DEPTH_LIMIT - change.pointer().depth())) {
            throw tooLarge(change, "a document is at most " + Pointer.DEPTH_LIMIT + " levels deep");
        }
    }

    private static @Nullable JsonObject atRoot(@Nullable JsonObject document, Change change) {
        return switch (change) {
            case Change.Add add -> whole(add.value());
            case Change.Replace replace -> {
                if (document == null) {
                    throw new RefusedException(new Rejection.Missing(Pointer.ROOT));
                }
                yield whole(replace.value());
            }
            case Change.Remove _ -> {
                if (document == null || change.part() instanceof Part.Shared) {
                    throw new RefusedException(new Rejection.Missing(Pointer.ROOT));
                }
                yield null;
            }
        };
    }

    private static JsonObject whole(Json value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new RefusedException(
                new Rejection.WrongKind(Pointer.ROOT, "a document is an object"));
    }

    private static Json edit(Json at, Change change, int depth) {
        List<String> tokens = change.pointer().tokens();
        String token = tokens.get(depth);
        if (depth == tokens.size() - 1) {
            return place(at, token, change);
        }
        Json inner = Pointer.step(at, token);
        if (inner == null) {
            throw new RefusedException(new Rejection.Missing(change.pointer()));
        }
        return swap(at, depth, edit(inner, change, depth + 1), change);
    }

    private static Json swap(Json at, int depth, Json value, Change change) {
        String token = change.pointer().tokens().get(depth);
        return switch (at) {
            case JsonObject object -> object.with(token, value);
            case JsonCollection collection -> {
                boolean mayChangeId =
                        change.pointer().tokens().get(depth + 1).equals(Json.INSTANCE_ID);
                yield collection.with(
                        token, mayChangeId ? item(value, token, change) : (JsonObject) value);
            }
            case JsonArray array -> {
                List<Json> elements = new ArrayList<>(array.elements());
                elements.set(Integer.parseInt(token), value);
                yield Json.array(elements);
            }
            default -> throw holdsNothing(change);
        };
    }

    private static Json place(Json at, String token, Change change) {
        return switch (at) {
            case JsonObject object -> inObject(object, token, change);
            case JsonCollection collection -> inCollection(collection, token, change);
            case JsonArray array -> inArray(array, token, change);
            default -> throw holdsNothing(change);
        };
    }

    private static Json inObject(JsonObject object, String token, Change change) {
        return switch (change) {
            case Change.Add add -> {
                if (!object.has(token)) {
                    requireRoom(object.size(), MEMBER_LIMIT, change);
                }
                yield object.with(token, add.value());
            }
            case Change.Replace replace -> {
                require(object.has(token), change);
                yield object.with(token, replace.value());
            }
            case Change.Remove _ -> {
                require(object.has(token), change);
                yield object.without(token);
            }
        };
    }

    private static Json inCollection(JsonCollection collection, String token, Change change) {
        boolean there = collection.get(token) != null;
        return switch (change) {
            case Change.Add add -> {
                if (there) {
                    throw new RefusedException(new Rejection.AlreadyThere(change.pointer()));
                }
                requireRoom(collection.size(), MEMBER_LIMIT, change);
                yield collection.with(token, item(add.value(), token, change));
            }
            case Change.Replace replace -> {
                require(there, change);
                yield collection.with(token, item(replace.value(), token, change));
            }
            case Change.Remove _ -> {
                require(there, change);
                yield collection.without(token);
            }
        };
    }

    private static Json inArray(JsonArray array, String token, Change change) {
        if (change instanceof Change.Add add && opensCollection(array, token, add.value())) {
            return JsonCollection.of(List.of(item(add.value(), token, change)));
        }
        List<Json> elements = new ArrayList<>(array.elements());
        int size = elements.size();
        int index = token.equals("-") ? size : Pointer.index(token);
        switch (change) {
            case Change.Add add -> {
                require(index >= 0 && index <= size, change);
                requireRoom(size, ELEMENT_LIMIT, change);
                elements.add(index, add.value());
            }
            case Change.Replace replace -> {
                require(index >= 0 && index < size, change);
                elements.set(index, replace.value());
            }
            case Change.Remove _ -> {
                require(index >= 0 && index < size, change);
                elements.remove(index);
            }
        }
        return Json.array(elements);
    }

    /** Returns whether the token names the first item of a collection that is still empty. */
    private static boolean opensCollection(JsonArray array, String token, Json value) {
        return array.elements().isEmpty()
                && value instanceof JsonObject object
                && token.equals(object.text(Json.INSTANCE_ID));
    }

    private static JsonObject item(Json value, String token, Change change) {
        if (value instanceof JsonObject object
                && object.get(Json.INSTANCE_ID) instanceof JsonString id
                && id.value().equals(token)) {
            return object;
        }
        throw new RefusedException(
                new Rejection.WrongKind(
                        change.pointer(),
                        "an item of a collection is an object whose instance_id is "
                                + Json.of(token)));
    }

    private static void require(boolean there, Change change) {
        if (!there) {
            throw new RefusedException(new Rejection.Missing(change.pointer()));
        }
    }

    private static void requireRoom(int size, int limit, Change change) {
        if (size >= limit) {
            throw tooLarge(change, "what holds " + change.pointer() + " has " + limit + " already");
        }
    }

    private static RefusedException tooLarge(Change change, String reason) {
        return new RefusedException(new Rejection.TooLarge(change.pointer(), reason));
    }

    private static RefusedException holdsNothing(Change change) {
        return new RefusedException(
                new Rejection.WrongKind(
                        change.pointer(),
                        "what holds " + change.pointer() + " is neither an object nor an array"));
    }
}
