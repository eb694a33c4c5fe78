package io.worldweave.nats;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long nodes wait that began to wait together, so that they do not go on together. */
final class Pauses {
    private Pauses() {}

    /** Returns the pause, give or take a quarter, in milliseconds. */
    static long about(Duration pause) {
        return pause.toMillis() * (75 + ThreadLocalRandom.current().nextInt(50)) / 100;
    }
}
