package io.worldweave.domain.live;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.WorldState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes small worlds, and changes that apply to them. */
public final class RandomChanges {
    private final Random random;
    private final List<UserId> users;

    public RandomChanges(Random random, List<UserId> users) {
        this.random = random;
        this.users = users;
    }

    /** Returns a world with two shelves and a clock. */
    public static JsonObject world() {
        return JsonObject.of(
                "shelf", JsonObject.of("items", JsonArray.EMPTY),
                "window", JsonObject.of("items", JsonArray.EMPTY),
                "clock", Json.of(0));
    }

    /**
     * Returns one to three changes that apply to {@code state} one after another, of any user's
     * part or the shared one.
     */
    public List<Change> next(WorldState state) {
        Part part =
                random.nextInt(3) > 0
                        ? Part.SHARED
                        : Part.own(users.get(random.nextInt(users.size())));
        var document = state.document(part);
        if (document == null) {
            return List.of(
                    new Change.Add(part, Pointer.ROOT, JsonObject.of("items", JsonArray.EMPTY)));
        }
        List<Change> changes = new ArrayList<>();
        changes.add(item(part, document.content()));
        if (random.nextBoolean()) {
            changes.add(new Change.Add(part, Pointer.of("clock"), Json.of(random.nextInt(4))));
        }
        return changes;
    }

    private Change item(Part part, JsonObject document) {
        Pointer items =
                part instanceof Part.Shared
                        ? Pointer.of(random.nextBoolean() ? "shelf" : "window", "items")
                        : Pointer.of("items");
        String id = "bottle_" + random.nextInt(6);
        Pointer place = items.child(id);
        boolean there = items.in(document) instanceof JsonCollection all && all.get(id) != null;
        JsonObject item =
                JsonObject.of(Json.INSTANCE_ID, Json.of(id), "glow", Json.of(random.nextInt(9)));
        if (!there) {
            return new Change.Add(part, place, item);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Change.Remove(part, place);
            case 1 -> new Change.Replace(part, place, item);
            default -> new Change.Replace(part, place.child("glow"), Json.of(random.nextInt(9)));
        };
    }
}
