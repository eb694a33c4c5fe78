package io.worldweave.app;

import io.worldweave.app.config.Settings;
import io.worldweave.app.start.Service;
import io.worldweave.domain.live.Worlds;
import io.worldweave.domain.store.WorldStore;
import io.worldweave.domain.time.Scheduler;
import io.worldweave.filestore.content.FileExperiences;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Says whether the service can serve: it has started and is not stopping, and its data can be
 * written: the data directory takes a write, and no world has a disk that fails.
 *
 * <p>Thread-safe.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {
    @Inject Service service;
    @Inject FileExperiences experiences;
    @Inject Worlds worlds;
    @Inject WorldStore store;
    @Inject Settings settings;
    @Inject Scheduler scheduler;

    private DiskProbe disk;

    @PostConstruct
    void findTheDisk() {
        disk = new DiskProbe(settings.content().data(), scheduler::nanoTime);
    }

    @Override
    public HealthCheckResponse call() {
        int unavailable = store.unavailableCount();
        boolean writable = unavailable == 0 && disk.takesAWrite();
        return HealthCheckResponse.named("worldweave")
                .status(service.isServing() && writable)
                .withData("serving", service.isServing())
                .withData("data_writable", writable)
                .withData("experiences", experiences.all().size())
                .withData("content_problems", experiences.problems().size())
                .withData("worlds", worlds.openCount())
                .withData("worlds_unavailable", unavailable)
                .build();
    }
}
