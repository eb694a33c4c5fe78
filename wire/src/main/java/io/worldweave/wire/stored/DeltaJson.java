package io.worldweave.wire.stored;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.json.Pointer;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.world.Actor;
import io.worldweave.domain.world.Change;
import io.worldweave.domain.world.Delta;
import io.worldweave.domain.world.IdempotencyKey;
import io.worldweave.domain.world.Part;
import io.worldweave.domain.world.Receipt;
import java.util.ArrayList;
import java.util.List;

/** Deltas as stores write them. */
public final class DeltaJson {
    private DeltaJson() {}

    public static JsonObject write(Delta delta) {
        List<Json> changes = new ArrayList<>();
        delta.changes().forEach(change -> changes.add(write(change)));
        JsonObject json =
                JsonObject.of(
                                "revision",
                                Json.of(delta.revision()),
                                "base",
                                Json.of(delta.base()),
                                "actor",
                                write(delta.actor()))
                        .with("cause", Json.of(delta.cause()))
                        .with("timestamp", Json.of(delta.timestampMillis()))
                        .with("changes", new JsonArray(changes));
        Receipt receipt = delta.receipt();
        return receipt == null ? json : json.with("receipt", write(receipt));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Delta read(JsonObject json) {
        if (!(json.get("changes") instanceof JsonArray array)) {
            throw new IllegalArgumentException("'changes' is no list");
        }
        List<Change> changes = new ArrayList<>();
        for (Json change : array.elements()) {
            if (!(change instanceof JsonObject object)) {
                throw new IllegalArgumentException("a change is no object");
            }
            changes.add(change(object));
        }
        return new Delta(
                Fields.number(json, "base"),
                actor(Fields.object(json, "actor")),
                Fields.text(json, "cause"),
                Fields.number(json, "timestamp"),
                changes,
                json.has("receipt") ? receipt(Fields.object(json, "receipt")) : null);
    }

    private static JsonObject write(Receipt receipt) {
        return JsonObject.of(
                        "user",
                        Json.of(receipt.key().user().value()),
                        "key",
                        Json.of(receipt.key().text()),
                        "fingerprint",
                        Json.of(receipt.fingerprint()))
                .with("answer", receipt.answer());
    }

    private static Receipt receipt(JsonObject json) {
        UserId user = new UserId(Fields.text(json, "user"));
        return new Receipt(
                new IdempotencyKey(user, Fields.text(json, "key")),
                Fields.text(json, "fingerprint"),
                Fields.object(json, "answer"));
    }

    private static JsonObject write(Actor actor) {
        return switch (actor) {
            case Actor.User user -> JsonObject.of("user", Json.of(user.id().value()));
            case Actor.Service service -> JsonObject.of("service", Json.of(service.name()));
        };
    }

    private static Actor actor(JsonObject json) {
        return json.has("user")
                ? new Actor.User(new UserId(Fields.text(json, "user")))
                : new Actor.Service(Fields.text(json, "service"));
    }

    private static JsonObject write(Change change) {
        return switch (change) {
            case Change.Add add -> place("add", change).with("value", add.value());
            case Change.Remove _ -> place("remove", change);
            case Change.Replace replace -> place("replace", change).with("value", replace.value());
        };
    }

    private static JsonObject place(String op, Change change) {
        JsonObject json =
                JsonObject.of("op", Json.of(op), "path", Json.of(change.pointer().toString()));
        return switch (change.part()) {
            case Part.Shared _ -> json;
            case Part.Own own -> json.with("own", Json.of(own.owner().value()));
            case Part.Authored _ -> json.with("authored", Json.of(true));
        };
    }

    private static Part part(JsonObject json) {
        if (json.has("own")) {
            return new Part.Own(new UserId(Fields.text(json, "own")));
        }
        return json.flag("authored", false) ? Part.AUTHORED : Part.SHARED;
    }

    private static Change change(JsonObject json) {
        Part part = part(json);
        Pointer pointer = Pointer.parse(Fields.text(json, "path"));
        String op = Fields.text(json, "op");
        return switch (op) {
            case "add" -> new Change.Add(part, pointer, Fields.value(json, "value"));
            case "remove" -> new Change.Remove(part, pointer);
            case "replace" -> new Change.Replace(part, pointer, Fields.value(json, "value"));
            default -> throw new IllegalArgumentException("no change is called '" + op + "'");
        };
    }
}
