package io.worldweave.domain.turn;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Part;
import java.util.ArrayList;
import java.util.List;

/** What a commit changed, as a narrator is told it. */
final class Effect {
    private Effect() {}

    /**
     * Returns the changes that {@code viewer} may see.
     *
     * @param limit about so many characters; what has no room is left out
     */
    static Json of(List<Change> changes, UserId viewer, int limit) {
        List<Json> told = new ArrayList<>();
        int left = limit;
        for (Change change : changes) {
            Part part = change.part();
            JsonObject each = told(change);
            left -= each.toString().length();
            if (left >= 0 && (part.equals(Part.SHARED) || part.equals(Part.own(viewer)))) {
                told.add(each);
            }
        }
        return new JsonArray(told);
    }

    private static JsonObject told(Change change) {
        String where = change.part() instanceof Part.Own ? "player" : "world";
        Json path = Json.of(where + change.pointer());
        return switch (change) {
            case Change.Add(_, _, Json value) ->
                    JsonObject.of("operation", Json.of("add"), "path", path, "value", value);
            case Change.Remove _ -> JsonObject.of("operation", Json.of("remove"), "path", path);
            case Change.Replace(_, _, Json value) ->
                    JsonObject.of("operation", Json.of("update"), "path", path, "value", value);
        };
    }
}
