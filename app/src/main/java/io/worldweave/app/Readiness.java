package io.worldweave.app;

import io.worldweave.app.config.Settings;
import io.worldweave.app.start.Service;
import io.worldweave.domain.live.Worlds;
import io.worldweave.filestore.content.FileExperiences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Says whether the service can serve: it has started and is not stopping, and its data can be read
 * and written.
 *
 * <p>Thread-safe.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {
    @Inject Service service;
    @Inject Settings settings;
    @Inject FileExperiences experiences;
    @Inject Worlds worlds;

    @Override
    public HealthCheckResponse call() {
        Path data = settings.content().data();
        boolean writable = Files.isReadable(data) && Files.isWritable(data);
        return HealthCheckResponse.named("worldweave")
                .status(service.isServing() && writable)
                .withData("serving", service.isServing())
                .withData("data_writable", writable)
                .withData("experiences", experiences.all().size())
                .withData("content_problems", experiences.problems().size())
                .withData("worlds", worlds.openCount())
                .build();
    }
}
