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
        if (pointer.isRoot()) {
            return atRoot(document, change);
        }
        if (document == null) {
            throw new RefusedException(new Rejection.Missing(Pointer.ROOT));
        }
        return (JsonObject) edit(document, change, 0);
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
        Json inner = stepInto(at, token, change);
        return swap(at, token, edit(inner, change, depth + 1), change);
    }

    private static Json stepInto(Json at, String token, Change change) {
        Json inner = Pointer.of(token).in(at);
        if (inner == null) {
            throw new RefusedException(new Rejection.Missing(change.pointer()));
        }
        return inner;
    }

    private static Json swap(Json at, String token, Json value, Change change) {
        return switch (at) {
            case JsonObject object -> object.with(token, value);
            case JsonCollection collection -> collection.with(item(value, token, change));
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
            case Change.Add add -> object.with(token, add.value());
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
                yield collection.with(item(add.value(), token, change));
            }
            case Change.Replace replace -> {
                require(there, change);
                yield collection.with(item(replace.value(), token, change));
            }
            case Change.Remove _ -> {
                require(there, change);
                yield collection.without(token);
            }
        };
    }

    private static Json inArray(JsonArray array, String token, Change change) {
        List<Json> elements = new ArrayList<>(array.elements());
        int index = token.equals("-") ? elements.size() : indexIn(array, token, change);
        switch (change) {
            case Change.Add add -> {
                if (elements.isEmpty() && index < 0) {
                    return JsonCollection.of(List.of(item(add.value(), token, change)));
                }
                require(index >= 0 && index <= elements.size(), change);
                elements.add(index, add.value());
            }
            case Change.Replace replace -> {
                require(index >= 0 && index < elements.size(), change);
                elements.set(index, replace.value());
            }
            case Change.Remove _ -> {
                require(index >= 0 && index < elements.size(), change);
                elements.remove(index);
            }
        }
        return Json.array(elements);
    }

    /**
     * Returns the index that the token names, or -1 if it names the first item of a collection that
     * is still empty.
     */
    private static int indexIn(JsonArray array, String token, Change change) {
        boolean opensCollection =
                array.elements().isEmpty()
                        && change instanceof Change.Add add
                        && add.value() instanceof JsonObject object
                        && token.equals(object.text(Json.INSTANCE_ID));
        if (opensCollection || !token.matches("0|[1-9][0-9]{0,8}")) {
            return -1;
        }
        return Integer.parseInt(token);
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

    private static RefusedException holdsNothing(Change change) {
        return new RefusedException(
                new Rejection.WrongKind(
                        change.pointer(),
                        "what holds " + change.pointer() + " is neither an object nor an array"));
    }
}
