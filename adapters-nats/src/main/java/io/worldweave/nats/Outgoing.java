package io.worldweave.nats;

import io.worldweave.domain.bus.News;
import io.worldweave.domain.json.JsonObject;
import io.worldweave.domain.turn.TurnNews;

/** What waits to be sent. */
sealed interface Outgoing {
    /** News for the other nodes. */
    record Tell(News news) implements Outgoing {}

    /** News of a turn. */
    record TellTurn(TurnNews news) implements Outgoing {}

    /**
     * A question for a turn.
     *
     * @param nobody run if no other node listens
     */
    record AskTurn(TurnNews.Watched question, Runnable nobody) implements Outgoing {}

    /** Something of this node's for whoever listens to the subject. */
    record Say(String subject, JsonObject content) implements Outgoing {}

    /** Copies of what another node committed, for those who look at it on this one. */
    record Copy(News.Committed news) implements Outgoing {}
}
