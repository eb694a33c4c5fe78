package io.worldweave.nats;

import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.JsonObject;

/** What waits to be sent. */
sealed interface Outgoing {
    /** News for the other nodes. */
    record Tell(News news) implements Outgoing {}

    /** Something of this node's for whoever listens to the subject. */
    record Say(String subject, JsonObject content) implements Outgoing {}
}
