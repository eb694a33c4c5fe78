package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import java.util.List;

/**
 * Version 0.3: an object from paths to operations, which has room for one at each path, and for few
 * enough paths to compare each with each.
 */
final class ChangesV03Json implements ChangesJson {
    /** The most changes that are told one by one. */
    static final int CHANGE_LIMIT = 100;

    private static final String ID = "id";
    private static final String TYPE = "type";

    @Override
    public WireVersion version() {
        return WireVersion.V0_3;
    }

    @Override
    public boolean versioned() {
        return false;
    }

    @Override
    public Json of(List<ClientChange> changes) {
        if (changes.size() > CHANGE_LIMIT) {
            throw new InexpressibleException("more than " + CHANGE_LIMIT + " changes");
        }
        JsonObject byPath = JsonObject.EMPTY;
        for (ClientChange change : changes) {
            String path = path(change);
            for (String other : byPath.names()) {
                refuseOverlap(path, other);
            }
            byPath = byPath.with(path, operation(change));
        }
        return byPath;
    }

    /** Members of an object have no order, so no change may depend on another. */
    private static void refuseOverlap(String path, String other) {
        if ((path + ".").startsWith(other + ".") || (other + ".").startsWith(path + ".")) {
            throw new InexpressibleException("two changes at one path: " + other + ", " + path);
        }
    }

    private static String path(ClientChange change) {
        return switch (change) {
            case ClientChange.ItemAdded added -> added.in().path();
            case ClientChange.ItemRemoved removed -> removed.in().path();
            case ClientChange.ItemUpdated updated -> updated.in().path();
            case ClientChange.ValueSet set -> set.path();
            case ClientChange.ValueRemoved removed -> removed.path();
        };
    }

    private static JsonObject operation(ClientChange change) {
        return switch (change) {
            case ClientChange.ItemAdded added -> named("add").with("item", item(added.item()));
            case ClientChange.ItemRemoved removed ->
                    named("remove").with("item", JsonObject.of(ID, Json.of(removed.id())));
            case ClientChange.ItemUpdated updated ->
                    named("update")
                            .with(
                                    "item",
                                    JsonObject.of(ID, Json.of(updated.id()))
                                            .overlaidBy(updated.changed().without(ID)));
            case ClientChange.ValueSet set ->
                    named(set.added() ? "add" : "update").with("value", set.value());
            case ClientChange.ValueRemoved _ -> named("remove");
        };
    }

    /** Returns the item as this version knows it: {@code id} and {@code type} first. */
    private static JsonObject item(JsonObject item) {
        String type = item.text(TYPE, item.text("template_id", "item"));
        return JsonObject.of(ID, Json.of(item.text(Json.INSTANCE_ID, "")), TYPE, Json.of(type))
                .overlaidBy(item.without(ID).without(TYPE));
    }

    private static JsonObject named(String operation) {
        return JsonObject.of("operation", Json.of(operation));
    }
}
