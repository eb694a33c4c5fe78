package io.worldweave.nats;

import io.worldweave.domain.json.Json;
import io.worldweave.domain.json.JsonObject;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What this node tells of itself to whoever watches over services: that it serves, again whenever
 * it has connected, how it is, and that it leaves.
 *
 * <p>Thread-safe. Nothing here blocks.
 */
public final class Announcements {
    private final String name;
    private final Consumer<Outgoing> outbox;
    private final String instance = UUID.randomUUID().toString();
    private volatile boolean ready;

    Announcements(String name, Consumer<Outgoing> outbox) {
        this.name = name;
        this.outbox = outbox;
    }

    /** Tells that the node serves now. */
    public void ready() {
        ready = true;
        connected();
    }

    /**
     * Tells how the node is.
     *
     * @param degraded what is wrong, or nothing
     */
    public void health(String degraded) {
        if (ready) {
            tell(Subjects.HEALTH, "up", degraded);
        }
    }

    void connected() {
        if (ready) {
            tell(Subjects.READY, "up", "");
        }
    }

    void leave() {
        if (ready) {
            ready = false;
            tell(Subjects.HEALTH, "stopping", "");
        }
    }

    private void tell(String subject, String status, String degraded) {
        outbox.accept(
                new Outgoing.Say(
                        subject,
                        JsonObject.of(
                                        "service",
                                        Json.of("worldweave"),
                                        "instance",
                                        Json.of(instance))
                                .with("name", Json.of(name))
                                .with("status", Json.of(status))
                                .with("degraded", Json.of(degraded))
                                .with("timestamp", Json.of(System.currentTimeMillis()))));
    }
}
