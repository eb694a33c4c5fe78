package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonArray;
import io.worldweave.domain.json.JsonObject;
import java.util.List;

/** Version 0.4: a list of operations, each at ids or at a path. */
final class ChangesV04Json implements ChangesJson {
    @Override
    public WireVersion version() {
        return WireVersion.V0_4;
    }

    @Override
    public boolean versioned() {
        return true;
    }

    @Override
    public Json of(List<ClientChange> changes) {
        return new JsonArray(changes.stream().<Json>map(ChangesV04Json::operation).toList());
    }

    private static JsonObject operation(ClientChange change) {
        return switch (change) {
            case ClientChange.ItemAdded added ->
                    added.in().named(named("add")).with("item", added.item());
            case ClientChange.ItemRemoved removed ->
                    removed.in()
                            .named(named("remove"))
                            .with(Json.INSTANCE_ID, Json.of(removed.id()));
            case ClientChange.ItemUpdated updated ->
                    updated.in()
                            .named(named("update"))
                            .with(Json.INSTANCE_ID, Json.of(updated.id()))
                            .with("item", updated.changed());
            case ClientChange.ValueSet set ->
                    named(set.added() ? "add" : "update")
                            .with("path", Json.of(set.path()))
                            .with("value", set.value());
            case ClientChange.ValueRemoved removed ->
                    named("remove").with("path", Json.of(removed.path()));
        };
    }

    private static JsonObject named(String operation) {
        return JsonObject.of("operation", Json.of(operation));
    }
}
