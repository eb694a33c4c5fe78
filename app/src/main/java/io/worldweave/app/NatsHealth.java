package io.worldweave.app;

import io.worldweave.domain.bus.Bus;
import io.worldweave.nats.NatsBus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says how it is with NATS. The service is ready whether that is there or not.
 *
 * <p>Thread-safe.
 */
@Readiness
@ApplicationScoped
public class NatsHealth implements HealthCheck {
    @Inject Bus bus;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("nats").up();
        if (!(bus instanceof NatsBus nats)) {
            return answer.withData("used", false).build();
        }
        return answer.withData("used", true)
                .withData("connected", nats.isConnected())
                .withData("degraded", nats.trouble())
                .withData("waiting", nats.waiting())
                .withData("stream", nats.streamDifferences())
                .build();
    }
}
