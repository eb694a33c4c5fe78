package io.worldweave.wire;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNull;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.live.View;
import io.worldweave.domain.user.UserId;
import io.worldweave.domain.weave.Frame;
import io.worldweave.domain.world.Document;
import io.worldweave.domain.zone.Zones;
import org.jspecify.annotations.Nullable;

/** Encodes all that a view shows at once. It is a selection: what is shown is what is kept. */
final class SnapshotJson {
    private static final String AREAS = "areas";

    private SnapshotJson() {}

    static JsonObject of(Frame.Snapshot snapshot) {
        return switch (snapshot.view()) {
            case View.World(UserId viewer) -> world(snapshot, viewer);
            case View.Zone(UserId viewer) -> areaOfInterest(snapshot, viewer);
        };
    }

    private static JsonObject world(Frame.Snapshot snapshot, UserId viewer) {
        return JsonObject.of("type", Json.of("snapshot"))
                .with("snapshot_version", version(snapshot))
                .with("world", snapshot.state().shared().content())
                .with("player", own(snapshot, viewer));
    }

    private static JsonObject areaOfInterest(Frame.Snapshot snapshot, UserId viewer) {
        JsonObject zone = zone(snapshot, viewer);
        return JsonObject.of("type", Json.of("area_of_interest"))
                .with("timestamp", Json.of(snapshot.timestampMillis()))
                .with("snapshot_version", version(snapshot))
                .with("zone", zone == null ? JsonNull.NULL : zone.without(AREAS))
                .with(AREAS, zone == null ? JsonObject.EMPTY : zone.object(AREAS))
                .with("player", own(snapshot, viewer));
    }

    private static @Nullable JsonObject zone(Frame.Snapshot snapshot, UserId viewer) {
        String id = Zones.of(snapshot.state(), viewer);
        return id == null ? null : Zones.find(snapshot.state(), id);
    }

    private static Json version(Frame.Snapshot snapshot) {
        return Json.of(snapshot.cursor().world().revision());
    }

    private static Json own(Frame.Snapshot snapshot, UserId viewer) {
        Document own = snapshot.state().own(viewer);
        return own == null ? JsonNull.NULL : own.content();
    }
}
