package io.worldweave.wire;

import io.worldweave.domain.author.Collision;
import io.worldweave.domain.author.EditLog;
import io.worldweave.domain.author.Fault;
import io.worldweave.domain.author.Merge;
import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.ExperienceId;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Rejection;
import io.worldweave.domain.world.WorldId;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of authors' edits, as admins are told. */
public final class EditsJson {
    /** So many changed places are told of one merge; further ones are counted. */
    static final int PLACES_LIMIT = 100;

    /** A longer value is told as the beginning of its text. */
    static final int VALUE_LIMIT = 2_000;

    private EditsJson() {}

    public static JsonObject of(ExperienceId experience, List<EditLog.Entry> edits) {
        return JsonObject.of(
                "experience", Json.of(experience.value()), "edits", list(edits, EditsJson::edit));
    }

    private static JsonObject edit(EditLog.Entry edit) {
        return JsonObject.of(
                        "timestamp",
                        Json.of(edit.unixMillis()),
                        "valid",
                        Json.of(edit.faults().isEmpty()))
                .with("files", list(edit.files(), Json::of))
                .with("problems", list(edit.faults(), EditsJson::problem))
                .with("worlds", list(edit.worlds(), EditsJson::world))
                .with("world_count", Json.of(edit.worldCount()));
    }

    private static JsonObject problem(Fault fault) {
        JsonObject json =
                JsonObject.of("file", Json.of(fault.file()), "reason", Json.of(fault.reason()));
        if (!fault.key().isEmpty()) {
            json = json.with("key", Json.of(fault.key()));
        }
        if (fault.line() > 0) {
            json = json.with("line", Json.of(fault.line()));
        }
        return fault.column() > 0 ? json.with("column", Json.of(fault.column())) : json;
    }

    private static JsonObject world(EditLog.InWorld in) {
        JsonObject json =
                in.world() instanceof WorldId.Isolated(var _, var owner)
                        ? JsonObject.of("user", Json.of(owner.value()))
                        : JsonObject.EMPTY;
        return switch (in.merge()) {
            case Merge.Made made ->
                    json.with("revision", Json.of(made.position().revision()))
                            .with("change_count", Json.of(made.changes().size()))
                            .with(
                                    "changes",
                                    list(
                                            made.changes().stream().limit(PLACES_LIMIT).toList(),
                                            EditsJson::change))
                            .with("collision_count", Json.of(made.collisionCount()))
                            .with("collisions", list(made.collisions(), EditsJson::collision));
            case Merge.Refused(Rejection rejection) ->
                    json.with("refused", Json.of(rejection.reason()));
        };
    }

    private static JsonObject change(Change change) {
        String operation =
                switch (change) {
                    case Change.Add _ -> "add";
                    case Change.Remove _ -> "remove";
                    case Change.Replace _ -> "replace";
                };
        return in(
                change.part(),
                JsonObject.of(
                        "op", Json.of(operation), "path", Json.of(change.pointer().toString())));
    }

    private static JsonObject collision(Collision collision) {
        JsonObject json =
                JsonObject.of(
                        "path",
                        Json.of(collision.pointer().toString()),
                        "reason",
                        Json.of(collision.reason()));
        json = value(json, "base", collision.base());
        json = value(json, "authors", collision.authors());
        return in(collision.part(), value(json, "live", collision.live()));
    }

    /** What is not there is left out. */
    private static JsonObject value(JsonObject json, String name, @Nullable Json value) {
        if (value == null) {
            return json;
        }
        String text = value.toString();
        return json.with(
                name,
                text.length() <= VALUE_LIMIT
                        ? value
                        : Json.of(text.substring(0, VALUE_LIMIT) + "…"));
    }

    private static JsonObject in(Part part, JsonObject json) {
        return part instanceof Part.Own(var owner)
                ? json.with("player", Json.of(owner.value()))
                : json;
    }

    private static <T> Json list(List<T> values, Function<T, ? extends Json> json) {
        return new JsonArray(values.stream().<Json>map(json).toList());
    }
}
