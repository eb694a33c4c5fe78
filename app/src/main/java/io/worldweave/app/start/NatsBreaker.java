package io.worldweave.app.start;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Does not try to send to NATS for a while when half of the last tries failed.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class NatsBreaker {
    private static final int LOOKED_AT = 20;
    private static final int PAUSE_MILLIS = 500;

    /** Runs {@code sending}, or throws without having run it. */
    @CircuitBreaker(
            requestVolumeThreshold = LOOKED_AT,
            failureRatio = 0.5,
            delay = PAUSE_MILLIS,
            delayUnit = ChronoUnit.MILLIS)
    public void attempt(Runnable sending) {
        sending.run();
    }
}
