package io.worldweave.domain.command;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonCollection;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a decision while it is made. It begins with the player's own part if the world has
 * none yet, and adds the members that a change needs to stand in.
 *
 * <p>Not thread-safe: belongs to one decision, which changes each place at most once.
 */
final class Draft {
    private final Scene scene;
    private final List<Change> changes = new ArrayList<>();

    Draft(Scene scene) {
        this.scene = scene;
        if (scene.newcomer()) {
            changes.add(new Change.Add(scene.ownPart(), Pointer.ROOT, scene.own()));
        }
    }

    /** Takes a thing away from where it is. */
    Draft remove(Thing thing) {
        changes.add(new Change.Remove(thing.part(), thing.pointer()));
        return this;
    }

    /** Puts an item into a collection, which need not be there yet. */
    Draft add(Part part, Pointer collection, JsonObject item) {
        String token = JsonCollection.idOf(item);
        switch (collection.in(scene.content(part))) {
            case JsonCollection _ -> {}
            case JsonArray array when array.elements().isEmpty() -> {}
            case JsonArray _ -> token = "-";
            case null, default -> changes.add(new Change.Add(part, collection, JsonArray.EMPTY));
        }
        changes.add(new Change.Add(part, collection.child(token), item));
        return this;
    }

    /** Sets a member of the player's own part. */
    Draft set(String member, Json value) {
        return put(Pointer.of(member), scene.own().has(member), value);
    }

    /** Sets a member of an object in the player's own part, which need not be there yet. */
    Draft set(String object, String member, Json value) {
        if (!(scene.own().get(object) instanceof JsonObject)) {
            set(object, JsonObject.EMPTY);
        }
        return put(Pointer.of(object, member), scene.own().object(object).has(member), value);
    }

    private Draft put(Pointer pointer, boolean there, Json value) {
        changes.add(
                there
                        ? new Change.Replace(scene.ownPart(), pointer, value)
                        : new Change.Add(scene.ownPart(), pointer, value));
        return this;
    }

    List<Change> changes() {
        return changes;
    }
}
