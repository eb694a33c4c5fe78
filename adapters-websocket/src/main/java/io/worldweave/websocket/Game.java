package io.worldweave.websocket;

import io.worldweave.domain.content.Experiences;
import io.worldweave.domain.play.Players;
import io.worldweave.domain.play.Travellers;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.domain.turn.Turns;

/** What of the domain a session drives. */
record Game(
        Experiences experiences,
        Players players,
        Travellers travellers,
        Turns turns,
        Scheduler clock) {}
