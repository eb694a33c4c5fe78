package io.worldweave.domain.world;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.PlainJson;
import io.worldweave.domain.json.Pointer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes from one value at a place to another, as fine as a limit allows: what differs in
 * members and items one by one, or else the whole.
 *
 * <p>Not thread-safe: made for one comparison.
 */
public final class Difference {
    private final Part part;
    private final List<String> path;
    private final int limit;
    private final boolean orderCounts;
    private final List<Change> changes = new ArrayList<>();

    /**
     * Begins a comparison.
     *
     * @param limit the most changes that it may come to, at least 1
     */
    Difference(Part part, List<String> path, int limit) {
        this(part, path, limit, false);
    }

    private Difference(Part part, List<String> path, int limit, boolean orderCounts) {
        this.part = part;
        this.path = new ArrayList<>(path);
        this.limit = limit;
        this.orderCounts = orderCounts;
    }

    /**
     * Returns the fewest changes by members and items that make of {@code before} what a client
     * sees as {@code after}: the order of items counts. A collection whose items would come to
     * stand in another order, as new ones do anywhere but at the end, is replaced as a whole.
     */
    public static List<Change> exact(Part part, JsonObject before, JsonObject after) {
        return List.copyOf(
                new Difference(part, List.of(), Delta.CHANGE_LIMIT, true).between(before, after));
    }

    /**
     * Returns the changes that make {@code before}, the document of a part, {@code after}: the
     * document as a whole if there would be more than {@code limit}.
     */
    public static List<Change> of(Part part, JsonObject before, JsonObject after, int limit) {
        return new Difference(part, List.of(), limit).between(before, after);
    }

    /** Returns the changes; null stands for nothing at all. */
    List<Change> between(@Nullable Json before, @Nullable Json after) {
        compare(before, after);
        if (changes.size() <= limit || after == null) {
            return changes;
        }
        return List.of(new Change.Replace(part, new Pointer(path), after));
    }

    @SuppressWarnings("ReferenceEquality") // what is shared is equal
    private void compare(@Nullable Json before, @Nullable Json after) {
        if (before == after || changes.size() > limit) {
            return;
        }
        if (after == null) {
            changes.add(new Change.Remove(part, new Pointer(path)));
        } else if (before == null) {
            changes.add(new Change.Add(part, new Pointer(path), after));
        } else if (canBeComparedInside(before, after)) {
            compareInside(before, after);
        } else if (!isSame(before, after)) {
            changes.add(new Change.Replace(part, new Pointer(path), after));
        }
    }

    private boolean isSame(Json before, Json after) {
        return orderCounts ? PlainJson.same(before, after) : before.equals(after);
    }

    private boolean canBeComparedInside(Json before, Json after) {
        return before instanceof JsonObject
                ? after instanceof JsonObject
                : isCollection(before)
                        && isCollection(after)
                        && (!orderCounts || keepsOrder(before, after));
    }

    /** Returns whether items stand as they must once some were taken out and others added. */
    private static boolean keepsOrder(Json before, Json after) {
        List<String> order = new ArrayList<>(keys(before));
        order.removeIf(key -> Pointer.step(after, key) == null);
        List<String> wanted = keys(after);
        return order.equals(wanted.subList(0, Math.min(order.size(), wanted.size())));
    }

    /** Returns whether the value is a collection, or the array that is one without items. */
    private static boolean isCollection(Json value) {
        return value instanceof JsonCollection || value.equals(JsonArray.EMPTY);
    }

    /** Removes first: so no place is taken twice, and no array holds what its end does not. */
    private void compareInside(Json before, Json after) {
        for (String key : keys(before)) {
            if (Pointer.step(after, key) == null) {
                compareAt(key, Pointer.step(before, key), null);
            }
        }
        for (String key : keys(after)) {
            compareAt(key, Pointer.step(before, key), Pointer.step(after, key));
        }
    }

    private void compareAt(String key, @Nullable Json before, @Nullable Json after) {
        path.addLast(key);
        compare(before, after);
        path.removeLast();
    }

    private static List<String> keys(Json value) {
        return switch (value) {
            case JsonObject object -> object.names();
            case JsonCollection collection -> collection.ids();
            default -> List.of();
        };
    }
}
