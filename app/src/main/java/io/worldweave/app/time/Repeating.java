package io.worldweave.app.time;

import io.worldweave.domain.time.Scheduler;
import java.time.Duration;

/** Something that happens again and again, the next time only after the last is over. */
public final class Repeating {
    private Repeating() {}

    /**
     * Runs {@code task} with {@code pause} before each time, as long as the scheduler does. A time
     * that fails is reported by the scheduler, and there is a next one.
     */
    public static void start(Scheduler scheduler, Duration pause, Runnable task) {
        scheduler.after(
                pause,
                () -> {
                    try {
                        task.run();
                    } finally {
                        start(scheduler, pause, task);
                    }
                });
    }
}
