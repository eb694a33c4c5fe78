package io.worldweave.app;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonNumber;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.wire.ReferenceClient;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a client has of the world, by nothing but the messages that it was sent, and what of them
 * was wrong: a gap, a repetition, a snapshot where none was due.
 *
 * <p>Thread-safe.
 */
final class SessionReplica {
    final AtomicInteger gaps = new AtomicInteger();
    final AtomicInteger repetitions = new AtomicInteger();
    final AtomicInteger snapshots = new AtomicInteger();
    final AtomicInteger updates = new AtomicInteger();
    private @Nullable ReferenceClient client;
    private long version = -1;
    private @Nullable String cursor;

    /** Takes a message; those that are not about the world change nothing. */
    synchronized void take(JsonObject message) {
        switch (message.text("type", "")) {
            case "snapshot" -> begin(message, message);
            case "area_of_interest" -> begin(message, zone(message));
            case "world_update" -> {
                // one without changes is what another program says
                if (message.has("changes")) {
                    update(message);
                }
            }
            default -> {}
        }
        cursor = message.text("cursor", cursor == null ? "" : cursor);
    }

    private void begin(JsonObject message, JsonObject snapshot) {
        client = new ReferenceClient(snapshot);
        version = number(message, "snapshot_version");
        snapshots.incrementAndGet();
    }

    /** Puts a zone where it is in the world. */
    private static JsonObject zone(JsonObject area) {
        JsonObject zone = area.object("zone").with("areas", area.get("areas"));
        JsonObject locations = JsonObject.of(area.object("zone").text("id", "none"), zone);
        return JsonObject.of("world", JsonObject.of("locations", locations))
                .with("player", area.get("player"));
    }

    private void update(JsonObject update) {
        long base = number(update, "base_version");
        long next = number(update, "snapshot_version");
        if (base > version) {
            gaps.incrementAndGet();
        } else if (base < version || next <= version) {
            repetitions.incrementAndGet();
        }
        if (client == null) {
            gaps.incrementAndGet();
            return;
        }
        client.apply(update);
        version = next;
        updates.incrementAndGet();
    }

    static long number(JsonObject message, String name) {
        return message.get(name) instanceof JsonNumber number ? number.value().longValue() : -1;
    }

    synchronized long version() {
        return version;
    }

    synchronized String cursor() {
        return cursor == null ? "" : cursor;
    }

    synchronized Json world() {
        return client == null ? JsonObject.EMPTY : client.world();
    }

    synchronized Json player() {
        return client == null ? JsonObject.EMPTY : client.player();
    }
}
